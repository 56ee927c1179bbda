using GpuMargin.Ilgpu.Devices;
using Xunit;

namespace GpuMargin.Tests.Devices;

public sealed class BackendDevicesTests
{
    static DeviceDescription Device(int index, string? unusable) => new(index, $"GPU {index}", 1, "driver", null, true, 1, unusable);

    [Fact]
    public void One_usable_device_makes_a_backend_available()
    {
        var devices = new BackendDevices("cuda", [Device(0, "too old"), Device(1, null)], null);

        Assert.True(devices.Available);
        Assert.Null(devices.WhyNot(null));
        Assert.Null(devices.WhyNot(1));
    }

    [Fact]
    public void A_device_that_cannot_be_used_says_why()
    {
        var devices = new BackendDevices("cuda", [Device(0, "too old"), Device(1, null)], null);

        Assert.Equal("GPU 0: too old", devices.WhyNot(0));
        Assert.Equal("there is no device 2, only 0, 1", devices.WhyNot(2));
    }

    [Fact]
    public void Without_a_usable_device_every_reason_is_told()
    {
        var devices = new BackendDevices("opencl", [Device(0, "too old"), Device(1, "no double precision")], null);

        Assert.False(devices.Available);
        Assert.Equal("GPU 0: too old; GPU 1: no double precision", devices.WhyNot(null));
    }

    [Fact]
    public void A_missing_backend_has_one_reason_whatever_is_asked_for()
    {
        var devices = new BackendDevices("cuda", [], "no driver");

        Assert.False(devices.Available);
        Assert.Equal("no driver", devices.WhyNot(null));
        Assert.Equal("no driver", devices.WhyNot(0));
    }
}
