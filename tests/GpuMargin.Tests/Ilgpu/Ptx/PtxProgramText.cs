using GpuMargin.Tests.Ilgpu.Ptx.Code;
using GpuMargin.Tests.Ilgpu.Ptx.Machine;

namespace GpuMargin.Tests.Ilgpu.Ptx;

/// <summary>Small programs of one parameter, the address of words in device memory.</summary>
static unsafe class PtxProgramText
{
    public static PtxProgram Read(string body, string directives = "") => PtxReader.Read($$"""
        .version 8.0
        .target sm_80
        .address_size 64

        .visible .entry Kernel(
            .param .b64 _words
        )
        {{directives}}
        {
            .shared .align 4 .b8 shared[16];
            .reg .pred %p<5>;
            .reg .b32 %r<9>;
            .reg .b64 %rd<9>;
            .reg .f32 %f<5>;
            .reg .f64 %fd<5>;

            ld.param.b64 %rd1, [_words];
            mov.b64 %rd2, shared;
            mov.b32 %r1, %tid.x;
            mul.wide.u32 %rd3, %r1, 4;
            add.u64 %rd4, %rd1, %rd3;
            {{body}}
            ret;
        }
        """);

    /// <summary>Executes the program and returns the words, which start as 0, 1, 2 and so on.</summary>
    public static uint[] Run(string body, int threads = 4, int blocks = 1, int words = 8, string directives = "", PtxOrder order = PtxOrder.Ascending)
    {
        PtxProgram program = Read(body, directives);
        uint[] memory = GC.AllocateArray<uint>(words, pinned: true);
        for (uint i = 0; i < words; i++)
        {
            memory[i] = i;
        }

        fixed (uint* first = memory)
        {
            MemorySpace global = new("global");
            global.Add(new MemoryRange((long)first, (byte*)first, words * sizeof(uint), watched: true));
            long address = (long)first;
            MemoryRange arguments = new(0, (byte*)&address, sizeof(long), watched: false);
            new PtxLaunch(program, global, arguments, new Grid3(blocks, 1, 1), new Grid3(threads, 1, 1), order, 1, new long[program.Instructions.Length]).Run();
        }

        return memory;
    }
}
