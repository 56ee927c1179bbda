using System.Security.Cryptography;
using System.Text;

namespace GpuMargin.Cli.Pages;

/// <summary>A file of the program that every page contains.</summary>
sealed class PageResource
{
    public static PageResource Style { get; } = new("page.css");

    public static PageResource Script { get; } = new("page.js");

    PageResource(string name)
    {
        using Stream stream = typeof(PageResource).Assembly.GetManifestResourceStream($"GpuMargin.Cli.Pages.{name}")!;
        using StreamReader reader = new(stream, Encoding.UTF8);
        Text = reader.ReadToEnd().ReplaceLineEndings("\n");
        Hash = $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Text)))}";
    }

    public string Text { get; }

    /// <summary>Hash of the resource as a content security policy names it.</summary>
    public string Hash { get; }
}
