using Microsoft.Playwright;
using Xunit;

namespace GpuMargin.BrowserTests;

/// <summary>Debian's Chromium, started once for all tests.</summary>
public sealed class Browser : IAsyncLifetime
{
    public const string Program = "/usr/bin/chromium";

    IPlaywright? playwright;
    IBrowser? browser;

    public async Task InitializeAsync()
    {
        if (File.Exists(Program))
        {
            playwright = await Playwright.CreateAsync();
            browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Program, Args = ["--no-sandbox"] });
        }
    }

    public async Task DisposeAsync()
    {
        await (browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        playwright?.Dispose();
    }

    /// <summary>A page opened from its file, without a network; what goes wrong on it is collected.</summary>
    internal async Task<OpenPage> OpenAsync(string file, int width = 1440, ColorScheme scheme = ColorScheme.Light, bool script = true)
    {
        IBrowserContext context = await browser!.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = scheme,
            Offline = true,
            JavaScriptEnabled = script,
        });
        IPage page = await context.NewPageAsync();
        OpenPage open = new(context, page);
        page.Console += (_, message) => open.Errors.Add(message.Text);
        page.PageError += (_, error) => open.Errors.Add(error);
        page.Dialog += (_, dialog) => open.Errors.Add(dialog.Message);
        page.Request += (_, request) => open.Requests.Add(request.Url);
        await page.GotoAsync(new Uri(file).AbsoluteUri);
        return open;
    }
}

/// <summary>A test that is skipped, and counted, where there is no Chromium.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = File.Exists(Browser.Program) ? null : $"{Browser.Program} is not there";
}

/// <inheritdoc cref="BrowserFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = File.Exists(Browser.Program) ? null : $"{Browser.Program} is not there";
}

/// <summary>An open page and what its console, its dialogs and its requests were.</summary>
sealed record OpenPage(IBrowserContext Context, IPage Page) : IAsyncDisposable
{
    internal List<string> Errors { get; } = [];

    internal List<string> Requests { get; } = [];

    public ValueTask DisposeAsync() => Context.DisposeAsync();
}
