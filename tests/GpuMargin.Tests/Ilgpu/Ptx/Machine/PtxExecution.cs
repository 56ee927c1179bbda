using GpuMargin.Tests.Ilgpu.Ptx.Code;

namespace GpuMargin.Tests.Ilgpu.Ptx.Machine;

/// <summary>Executes a thread from one barrier to the next.</summary>
readonly ref struct PtxExecution(PtxLaunch launch, MemorySpace shared, UniformBranches warp, Accessor accessor)
{
    // No kernel needs as many at the sizes of tests: a thread that does will not end.
    const long MostInstructions = 10_000_000;

    public void Run(PtxThread thread)
    {
        PtxInstruction[] instructions = launch.Program.Instructions;
        int next = thread.Next;
        try
        {
            while (thread.State == PtxThreadState.Runs)
            {
                launch.Executions[next]++;
                if (++thread.Executed > MostInstructions)
                {
                    throw new PtxFault("the thread does not end");
                }

                next = Step(thread, instructions[next], next);
            }
        }
        catch (PtxFault fault)
        {
            throw new PtxFault($"{launch.Program.Name}, block {accessor.Block}, thread {accessor.Thread}, {instructions[next].Text}: {fault.Message}");
        }

        thread.Next = next;
    }

    // Returns the index of the instruction that follows.
    int Step(PtxThread thread, PtxInstruction instruction, int index)
    {
        ulong[] slots = thread.Slots;
        bool taken = instruction.Guard == PtxInstruction.None || slots[instruction.Guard] != 0 != instruction.GuardNegated;
        if (instruction is { Kind: PtxKind.Branch, Uniform: true } && instruction.Guard != PtxInstruction.None && !warp.Agree(thread, index, taken))
        {
            throw new PtxFault("threads of a warp part at a branch that is declared uniform");
        }

        if (!taken)
        {
            return index + 1;
        }

        switch (instruction.Kind)
        {
            case PtxKind.Value:
                slots[instruction.Target] = instruction.Apply!(slots[instruction.A], slots[instruction.B], slots[instruction.C]);
                break;
            case PtxKind.Load:
                Load(slots, instruction);
                break;
            case PtxKind.Store:
                Store(slots, instruction);
                break;
            case PtxKind.Atomic:
                Update(slots, instruction);
                break;
            case PtxKind.Branch:
                return instruction.Destination;
            case PtxKind.Barrier:
                thread.State = PtxThreadState.Waits;
                break;
            case PtxKind.Return:
                thread.State = PtxThreadState.Ended;
                return index;
            default:
                throw new PtxFault($"unknown kind {instruction.Kind}");
        }

        return index + 1;
    }

    void Load(ulong[] slots, PtxInstruction instruction)
    {
        long address = Address(slots, instruction);
        int each = instruction.BytesOfElement, bytes = each * instruction.Elements.Length;
        MemoryRange range = Range(instruction, address, bytes);
        RequireNoRace(range.Log?.Read((int)(address - range.Start), bytes, accessor));
        for (int i = 0; i < instruction.Elements.Length; i++)
        {
            slots[instruction.Elements[i]] = range.Read(address + i * each, each);
        }
    }

    void Store(ulong[] slots, PtxInstruction instruction)
    {
        long address = Address(slots, instruction);
        int each = instruction.BytesOfElement, bytes = each * instruction.Elements.Length;
        MemoryRange range = Range(instruction, address, bytes);
        RequireNoRace(range.Log?.Write((int)(address - range.Start), bytes, accessor, atomically: false));
        for (int i = 0; i < instruction.Elements.Length; i++)
        {
            range.Write(address + i * each, each, slots[instruction.Elements[i]]);
        }
    }

    void Update(ulong[] slots, PtxInstruction instruction)
    {
        long address = Address(slots, instruction);
        MemoryRange range = Range(instruction, address, instruction.BytesOfElement);
        RequireNoRace(range.Log?.Write((int)(address - range.Start), instruction.BytesOfElement, accessor, atomically: true));
        ulong old = range.Read(address, instruction.BytesOfElement);
        range.Write(address, instruction.BytesOfElement, instruction.Apply!(old, slots[instruction.B], 0));
        if (instruction.Target != PtxInstruction.None)
        {
            slots[instruction.Target] = old;
        }
    }

    static long Address(ulong[] slots, PtxInstruction instruction) =>
        (instruction.Address == PtxInstruction.None ? 0 : (long)slots[instruction.Address]) + instruction.Offset;

    MemoryRange Range(PtxInstruction instruction, long address, int bytes) => instruction.Space switch
    {
        PtxSpace.Parameter => launch.Arguments,
        PtxSpace.Global => launch.Global.Find(address, bytes),
        _ => shared.Find(address, bytes),
    };

    static void RequireNoRace(Accessor? other)
    {
        if (other is { } thread)
        {
            throw new PtxFault($"a race with thread {thread.Thread} of block {thread.Block}");
        }
    }
}
