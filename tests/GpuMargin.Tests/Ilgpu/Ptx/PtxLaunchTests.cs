using GpuMargin.Tests.Ilgpu.Ptx.Code;
using GpuMargin.Tests.Ilgpu.Ptx.Machine;
using Xunit;

namespace GpuMargin.Tests.Ilgpu.Ptx;

/// <summary>Threads, barriers and memory in small programs: what they compute, and what no program may do.</summary>
public sealed class PtxLaunchTests
{
    const string WriteOwn =
        """
        add.u64 %rd5, %rd2, %rd3;
        st.shared.b32 [%rd5], %r1;

        """;

    const string ReadNeighbour =
        """
        xor.b32 %r3, %r1, 1;
        mul.wide.u32 %rd6, %r3, 4;
        add.u64 %rd7, %rd2, %rd6;
        ld.shared.b32 %r4, [%rd7];
        st.global.b32 [%rd4], %r4;

        """;

    // Thread 0 of a warp goes another way than the others.
    const string FirstOfWarp =
        """
        and.b32 %r3, %r1, 31;
        setp.eq.s32 %p1, %r3, 0;

        """;

    [Fact]
    public void A_barrier_lets_threads_read_what_others_wrote()
    {
        foreach (PtxOrder order in Enum.GetValues<PtxOrder>())
        {
            Assert.Equal([1, 0, 3, 2, 4, 5, 6, 7], PtxProgramText.Run($"{WriteOwn}\nbar.sync 0;\n{ReadNeighbour}", order: order));
        }
    }

    [Fact]
    public void Without_a_barrier_they_race() => AssertFault("a race with thread", $"{WriteOwn}\n{ReadNeighbour}");

    [Fact]
    public void Threads_that_write_one_word_race() => AssertFault("a race with thread 0 of block 0", "st.global.b32 [%rd1], %r1;");

    [Fact]
    public void A_barrier_does_not_order_blocks()
    {
        AssertFault("a race with thread 0 of block 0", "bar.sync 0;\nst.global.b32 [%rd4], %r1;", blocks: 2);
        AssertFault(
            "a race with thread",
            """
            mov.b32 %r2, %ctaid.x;
            setp.eq.s32 %p1, %r2, 0;
            @%p1 ld.global.b32 %r3, [%rd4];
            @!%p1 st.global.b32 [%rd4], %r1;
            """,
            blocks: 2);
    }

    [Fact]
    public void A_reader_of_many_is_not_forgotten() => AssertFault(
        "a race with",
        """
        ld.global.b32 %r2, [%rd1];
        setp.eq.s32 %p1, %r1, 3;
        @%p1 st.global.b32 [%rd1], %r1;
        """);

    [Fact]
    public void Atomic_operations_do_not_race_with_each_other_but_with_reads()
    {
        Assert.Equal(8u, PtxProgramText.Run("atom.add.global.u32 %r2, [%rd1], 2;")[0]);
        Assert.Equal(3u, PtxProgramText.Run("red.global.max.u32 [%rd1], %r1;")[0]);
        AssertFault("a race with", "red.global.max.u32 [%rd1], %r1;\nld.global.b32 %r2, [%rd1];");
    }

    // Thread 0 adds to what it wrote, then the others add: without a barrier they may come before the write.
    [Fact]
    public void A_plain_write_is_not_forgotten_for_an_atomic_operation_of_the_same_thread() => AssertFault(
        "a race with thread 0",
        """
        setp.eq.s32 %p1, %r1, 0;
        @%p1 st.shared.b32 [%rd2], 0;
        atom.shared.add.u32 %r2, [%rd2], 1;
        """);

    // Each thread writes how many were before it.
    [Fact]
    public void An_atomic_operation_returns_the_old_value()
    {
        const string Count =
            """
            st.shared.b32 [%rd2], 5;
            bar.sync 0;
            atom.shared.add.u32 %r2, [%rd2], 1;
            st.global.b32 [%rd4], %r2;
            """;
        Assert.Equal([5, 1, 2], PtxProgramText.Run(Count, threads: 1)[..3]);
        AssertFault("a race with", Count);
        string guarded = "setp.ne.s32 %p1, %r1, 0;\n@!%p1 " + Count;
        Assert.Equal([5, 6, 7, 8], PtxProgramText.Run(guarded)[..4]);
        Assert.Equal([8, 7, 6, 5], PtxProgramText.Run(guarded, order: PtxOrder.Descending)[..4]);
    }

    [Theory]
    [InlineData("ld.global.b32 %r2, [%rd1+32];", "outside of all memory")]
    [InlineData("ld.global.v2.b32 {%r2, %r3}, [%rd1+32];", "outside of all memory")]
    [InlineData("st.global.b32 [%rd2], 1;", "outside of all memory")]
    [InlineData("ld.shared.b32 %r2, [%rd2+16];", "outside of all memory")]
    [InlineData("ld.shared.b32 %r2, [%rd1];", "outside of all memory")]
    [InlineData("ld.global.b32 %r2, [%rd1+2];", "not aligned")]
    [InlineData("ld.global.v2.b32 {%r2, %r3}, [%rd1+4];", "not aligned")]
    [InlineData("div.u32 %r2, 1, 0;", "division by zero")]
    public void What_no_program_may_do_is_told(string statement, string fault) => AssertFault(fault, statement);

    [Fact]
    public void A_warp_must_not_part_at_a_uniform_branch()
    {
        AssertFault("part at a branch", $"{FirstOfWarp}\n@%p1 bra.uni L;\nL:", threads: 64);
        PtxProgramText.Run($"{FirstOfWarp}\n@%p1 bra L;\nL:", threads: 64);
        PtxProgramText.Run("setp.lt.s32 %p1, %r1, 32;\n@%p1 bra.uni L;\nL:", threads: 64);
    }

    // Each thread turns as often as its number in the warp says.
    [Fact]
    public void A_loop_of_different_length_is_not_uniform() => AssertFault(
        "part at a branch",
        """
        mov.b32 %r4, 0;
        LOOP:
        setp.ge.s32 %p1, %r4, %r1;
        @%p1 bra.uni END;
        add.s32 %r4, %r4, 1;
        bra.uni LOOP;
        END:
        """);

    [Fact]
    public void All_threads_must_meet_at_one_barrier()
    {
        AssertFault("do not meet", $"{FirstOfWarp}\n@%p1 bra L;\nbar.sync 0;\nL:");
        AssertFault("do not meet", $"{FirstOfWarp}\n@%p1 bra L;\nbar.sync 0;\nbra E;\nL:\nbar.sync 0;\nE:");
    }

    [Fact]
    public void A_thread_that_does_not_end_is_stopped() => AssertFault("does not end", "L:\nbra.uni L;");

    [Fact]
    public void A_block_has_no_more_threads_than_the_kernel_is_compiled_for() =>
        Assert.Contains(
            "compiled for 2 threads", Assert.Throws<PtxFault>(() => PtxProgramText.Run("", threads: 4, directives: ".maxntid 2, 1, 1")).Message, StringComparison.Ordinal);

    static void AssertFault(string fault, string body, int threads = 4, int blocks = 1) =>
        Assert.Contains(fault, Assert.Throws<PtxFault>(() => PtxProgramText.Run(body, threads, blocks)).Message, StringComparison.Ordinal);
}
