using System.Runtime.InteropServices;

namespace GpuMargin.Cli;

/// <summary>Stdout or stderr of the process. The first failure is kept and ends the output, never the command.</summary>
/// <remarks>On Unix it writes by itself, because the console's own stream hides that a reader has gone.</remarks>
sealed partial class StandardStream : Stream
{
    const int GetDescriptorFlags = 1, CloseOnExec = 1;

    /// <summary>EINTR, the same number on Linux, macOS and FreeBSD.</summary>
    const int Interrupted = 4;

    static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(1);

    readonly int descriptor;
    readonly Stream? console;

    StandardStream(int descriptor, Func<Stream> console)
    {
        this.descriptor = descriptor;
        if (OperatingSystem.IsWindows())
        {
            this.console = console();
        }
        else if (WasClosed(descriptor))
        {
            Failure = "closed";
        }
    }

    internal static StandardStream Output() => new(1, Console.OpenStandardOutput);

    internal static StandardStream Error() => new(2, Console.OpenStandardError);

    /// <summary>Why output was lost; <see langword="null"/> while none was.</summary>
    internal string? Lost { get; private set; }

    /// <summary>Why nothing more can be written.</summary>
    string? Failure { get; set; }

    /// <summary>EAGAIN: somebody made the descriptor non-blocking.</summary>
    static int TryAgain => OperatingSystem.IsLinux() ? 11 : 35;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Text in the console's encoding, written at once.</summary>
    internal TextWriter Writer() => new StreamWriter(this, Console.OutputEncoding) { AutoFlush = true };

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (Failure is null)
        {
            Failure = console is null ? Put(buffer) : Put(console, buffer);
        }

        Lost = Failure;
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    static string? Put(Stream console, ReadOnlySpan<byte> buffer)
    {
        try
        {
            console.Write(buffer);
            return null;
        }
        catch (IOException problem)
        {
            return problem.Message;
        }
    }

    string? Put(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            nint written = WriteCall(descriptor, buffer, buffer.Length);
            int error = Marshal.GetLastPInvokeError();
            if (written >= 0)
            {
                buffer = buffer[(int)written..];
            }
            else if (error == TryAgain)
            {
                Thread.Sleep(s_pause);
            }
            else if (error != Interrupted)
            {
                return Marshal.GetPInvokeErrorMessage(error);
            }
        }

        return null;
    }

    // A descriptor that a parent gave stays open through exec. One with this flag is a file that the runtime opened on the free number.
    static bool WasClosed(int descriptor) => Control(descriptor, GetDescriptorFlags) is var flags && (flags < 0 || (flags & CloseOnExec) != 0);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(int descriptor, int command);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint WriteCall(int descriptor, ReadOnlySpan<byte> buffer, nint count);
}
