using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace GpuMargin.BrowserTests;

/// <summary>The report in a real browser, without a network.</summary>
[Trait("Category", "Browser")]
public sealed class ReportPageTests(Browser browser, Reports reports) : IClassFixture<Browser>, IClassFixture<Reports>
{
    const int Desktop = 1440, Phone = 390;

    [BrowserFact]
    public async Task Opens_without_a_network_and_asks_for_nothing()
    {
        await using OpenPage open = await browser.OpenAsync(reports.House);

        Assert.Equal("Margin report 2001-01-02, All members", await open.Page.TitleAsync());
        Assert.Equal([new Uri(reports.House).AbsoluteUri], open.Requests);
        Assert.Empty(open.Errors);
    }

    [BrowserFact]
    public async Task Opens_with_5000_accounts()
    {
        await using OpenPage open = await browser.OpenAsync(reports.Large);
        double milliseconds = await open.Page.EvaluateAsync<double>("() => new Promise(done => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))");
        Console.WriteLine($"5,000 accounts: {new FileInfo(reports.Large).Length:N0} bytes, drawn after {milliseconds:N0} ms");

        Assert.InRange(new FileInfo(reports.Large).Length, 1, 2_000_000);
        Assert.Equal("5,000 of 5,000 accounts, the first 100 shown", await open.Page.TextContentAsync("#count"));
        await open.Page.ClickAsync("#more");
        Assert.Equal("5,000 of 5,000 accounts", await open.Page.TextContentAsync("#count"));
        Assert.Empty(open.Errors);
    }

    [BrowserFact]
    public async Task Accounts_are_sorted_by_a_button_that_the_keyboard_reaches()
    {
        await using OpenPage open = await browser.OpenAsync(reports.House);
        ILocator heading = open.Page.Locator("#all-accounts thead th", new() { HasText = "Requirement" });

        await heading.Locator("button").FocusAsync();
        await open.Page.Keyboard.PressAsync("Enter");
        Assert.Equal("descending", await heading.GetAttributeAsync("aria-sort"));
        Assert.Equal("LONG-ONLY-06", await First(open));

        await open.Page.Keyboard.PressAsync("Enter");
        Assert.Equal("ascending", await heading.GetAttributeAsync("aria-sort"));
        double[] amounts = [.. (await open.Page.Locator("#all-accounts tbody tr td:nth-child(4)").AllTextContentsAsync()).Where(text => text.Length > 0).Select(text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(amounts.Order(), amounts);
        Assert.Equal("none", await open.Page.Locator("#all-accounts thead th").First.GetAttributeAsync("aria-sort"));
    }

    [BrowserFact]
    public async Task Accounts_are_searched_and_filtered()
    {
        await using OpenPage open = await browser.OpenAsync(reports.House);

        await open.Page.FillAsync("#search", "calendars-0");
        Assert.Equal(["CALENDARS-01", "CALENDARS-02", "CALENDARS-03", "CALENDARS-04"], await Visible(open));

        await open.Page.FillAsync("#search", "briscoe");
        Assert.Equal("18 of 60 accounts", await open.Page.TextContentAsync("#count"));

        await open.Page.FillAsync("#search", "");
        await open.Page.SelectOptionAsync("#filter", "call");
        Assert.Contains("CALENDARS-04", await Visible(open));
        Assert.InRange((await Visible(open)).Length, 1, 20);
    }

    [BrowserFact]
    public async Task An_account_in_the_table_leads_to_its_details()
    {
        await using OpenPage open = await browser.OpenAsync(reports.House);

        await open.Page.ClickAsync("#all-accounts a:text-is('CALENDARS-04')");
        ILocator details = open.Page.Locator("details.account[open]");
        await details.WaitForAsync();

        Assert.Equal("CALENDARS-04", await details.Locator("h3").TextContentAsync());
        Assert.True(await details.GetByText("Worst scenarios of CALENDARS-04").IsVisibleAsync());
    }

    [BrowserFact]
    public async Task Names_with_markup_are_text()
    {
        await using OpenPage open = await browser.OpenAsync(reports.Markup);

        string text = await open.Page.InnerTextAsync("body");
        Assert.Contains(Reports.Script, text, StringComparison.Ordinal);
        Assert.Contains(Reports.Image, text, StringComparison.Ordinal);
        Assert.Equal(0, await open.Page.Locator("img, b").CountAsync());
        Assert.Equal(1, await open.Page.Locator("script").CountAsync());
        Assert.Empty(open.Errors);
        Assert.Single(open.Requests);
    }

    [BrowserFact]
    public async Task What_is_injected_into_the_page_does_not_run()
    {
        await using OpenPage open = await browser.OpenAsync(reports.House);

        await open.Page.EvaluateAsync("() => { const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s); document.body.innerHTML += '<img src=x onerror=\"window.ran = 2\">'; }");

        Assert.True(await open.Page.EvaluateAsync<bool>("() => window.ran === undefined"));
        Assert.Contains(open.Errors, error => error.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    [BrowserFact]
    public async Task Without_the_script_everything_is_there_but_its_controls()
    {
        await using OpenPage open = await browser.OpenAsync(reports.House, script: false);

        Assert.Equal(60, await open.Page.Locator("#all-accounts tbody tr:visible").CountAsync());
        Assert.Equal(0, await open.Page.Locator(".only-script:visible").CountAsync());
    }

    [BrowserTheory]
    [InlineData(Desktop, ColorScheme.Light)]
    [InlineData(Desktop, ColorScheme.Dark)]
    [InlineData(Phone, ColorScheme.Light)]
    [InlineData(Phone, ColorScheme.Dark)]
    public async Task Is_accessible_and_no_wider_than_the_screen(int width, ColorScheme scheme)
    {
        foreach ((string name, string file) in ((string, string)[])[("house", reports.House), ("member", reports.Member)])
        {
            await using OpenPage open = await browser.OpenAsync(file, width, scheme);
            // What is only laid out when it is near is looked at too.
            await open.Page.EvaluateAsync("() => { document.getElementById('accounts').style.contentVisibility = 'visible'; }");
            await open.Page.ScreenshotAsync(new() { Path = reports.Picture($"{name}-{width}-{scheme}.png"), FullPage = true });
            await open.Page.EvaluateAsync("() => document.querySelectorAll('details').forEach((part, i) => { part.open = i < 6; })");
            await open.Page.ScreenshotAsync(new() { Path = reports.Picture($"{name}-{width}-{scheme}-open.png"), FullPage = true });

            Assert.Equal(width, await open.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
            AxeResult found = await open.Page.RunAxe();
            Console.WriteLine($"axe, {name}, {width}, {scheme}: {found.Passes.Length} rules passed, {found.Violations.Length} violated");
            Assert.True(found.Violations.Length == 0, string.Join("\n", found.Violations.Select(rule => $"{rule.Id}: {rule.Help}: {string.Join(" | ", rule.Nodes.Take(5).Select(node => $"{node.Html} {string.Join(' ', node.Any.Select(check => check.Message))}"))}")));
            Assert.Empty(open.Errors);
        }
    }

    [BrowserFact]
    public async Task Prints_to_pdf()
    {
        await using OpenPage open = await browser.OpenAsync(reports.House, scheme: ColorScheme.Dark);
        byte[] pdf = await open.Page.PdfAsync(new() { PreferCSSPageSize = true, PrintBackground = true, Path = reports.Picture("house.pdf") });

        Assert.Equal("%PDF-"u8, pdf.AsSpan(0, 5));
        await open.Page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.Equal("rgb(255, 255, 255)", await open.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor"));
        Assert.False(await open.Page.Locator("nav").IsVisibleAsync());
    }

    static async Task<string> First(OpenPage open) => (await Visible(open))[0];

    static async Task<string[]> Visible(OpenPage open) => [.. await open.Page.Locator("#all-accounts tbody tr:visible th").AllTextContentsAsync()];
}
