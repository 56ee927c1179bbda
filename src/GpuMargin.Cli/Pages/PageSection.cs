using GpuMargin.Cli.Pages.Sections;

namespace GpuMargin.Cli.Pages;

/// <summary>One section of a page. A new one is a class and a line in <see cref="All"/>.</summary>
abstract class PageSection
{
    /// <summary>All sections in the order of the page.</summary>
    public static IReadOnlyList<PageSection> All { get; } =
    [
        new CallsSection(),
        new BreachesSection(),
        new ChangesSection(),
        new ComponentsSection(),
        new MembersSection(),
        new AccountsSection(),
        new DetailsSection(),
        new RollSection(),
        new SettingsSection(),
    ];

    /// <summary>What links lead to.</summary>
    public abstract string Id { get; }

    public abstract string Title { get; }

    /// <summary>Whether the run has what the section shows.</summary>
    public virtual bool IsOn(ReportPage page) => true;

    /// <summary>Everything below the heading.</summary>
    public abstract void Write(HtmlWriter html, ReportPage page);
}
