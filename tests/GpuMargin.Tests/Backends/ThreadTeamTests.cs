using GpuMargin.Backends;
using Xunit;

namespace GpuMargin.Tests.Backends;

public sealed class ThreadTeamTests
{
    const int Devices = 9; // more than the cores that a pool starts threads for at once

    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <summary>Nobody goes on before everybody has come: it would wait for ever were two devices to share a thread.</summary>
    [Fact]
    public void Every_device_has_a_thread_of_its_own_at_the_same_time()
    {
        using Barrier all = new(Devices);
        int[] threads = new int[Devices];
        ThreadTeam.Run(Devices, (device, stop) =>
        {
            threads[device] = Environment.CurrentManagedThreadId;
            Assert.True(all.SignalAndWait(s_patience, stop), "Not all devices were started.");
        }, CancellationToken.None);
        Assert.Equal(Devices, threads.Distinct().Count());
    }

    [Fact]
    public void The_first_failure_stops_the_others_and_is_thrown()
    {
        InvalidOperationException thrown = Assert.Throws<InvalidOperationException>(() => ThreadTeam.Run(Devices, (device, stop) =>
        {
            if (device == 3)
            {
                throw new InvalidOperationException("device 3");
            }

            Assert.True(stop.WaitHandle.WaitOne(s_patience), "Nobody stopped the others.");
            stop.ThrowIfCancellationRequested();
        }, CancellationToken.None));
        Assert.Equal("device 3", thrown.Message);
    }

    [Fact]
    public void A_stop_from_outside_reaches_all()
    {
        using CancellationTokenSource outside = new();
        Assert.Throws<OperationCanceledException>(() => ThreadTeam.Run(Devices, (device, stop) =>
        {
            if (device == 0)
            {
                outside.Cancel();
            }

            Assert.True(stop.WaitHandle.WaitOne(s_patience), "It did not reach a device.");
        }, outside.Token));
    }
}
