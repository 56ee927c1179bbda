namespace GpuMargin.Tests.Ilgpu.Ptx.Machine;

/// <summary>Numbers of blocks or threads in three dimensions.</summary>
readonly record struct Grid3(int X, int Y, int Z)
{
    public int Count => checked(X * Y * Z);

    public Grid3 Place(int number) => new(number % X, number / X % Y, number / (X * Y));
}
