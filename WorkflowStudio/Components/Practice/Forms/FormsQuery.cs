using WorkflowStudio.Components.Shared.Pages;

namespace WorkflowStudio.Components.Practice.Forms;

/// <summary>Which forms are listed.</summary>
/// <param name="Text">What is looked for; null for nothing.</param>
/// <param name="Status">One of <see cref="Statuses"/>; null for any.</param>
/// <param name="Page">Which page, from 1.</param>
public sealed record FormsQuery(string? Text = null, string? Status = null, int Page = 1) : IPageQuery<FormsQuery>
{
    /// <summary>Whether they take anything now.</summary>
    public static IReadOnlyList<(string Value, string Text)> Statuses { get; } = [("open", "Open"), ("closed", "Closed")];

    private const int MostPages = 100_000;

    public static FormsQuery Of(AddressValues address) =>
        new(address.Text("q"), address.OneOf("status", Statuses), (int)(address.Number("page", MostPages) ?? 1));

    public IReadOnlyDictionary<string, object?> ToParameters() => new Dictionary<string, object?>
    { ["q"] = Text, ["status"] = Status, ["page"] = Page == 1 ? null : Page };
}

/// <summary>What is shown of a form.</summary>
/// <param name="View">One of <see cref="Views"/>; null for what it asks.</param>
/// <param name="Page">Which page of submissions, from 1.</param>
/// <param name="Submission">The one that is open; null for none.</param>
public sealed record FormQuery(string? View = null, int Page = 1, Guid? Submission = null) : IPageQuery<FormQuery>
{
    /// <summary>What was sent by it.</summary>
    public const string Sent = "submissions";

    /// <summary>How many submissions a page has.</summary>
    public const int PageLength = 50;

    /// <summary>What may be looked at.</summary>
    public static IReadOnlyList<(string Value, string Text)> Views { get; } = [("", "Form"), (Sent, "Submissions")];

    private const int MostPages = 100_000;

    /// <summary>How many submissions stand before the page.</summary>
    public int Skip => (Page - 1) * PageLength;

    public static FormQuery Of(AddressValues address) => new(
        address.OneOf("view", [.. Views.Skip(1)]), (int)(address.Number("page", MostPages) ?? 1), address.Id("submission"));

    public IReadOnlyDictionary<string, object?> ToParameters() => new Dictionary<string, object?>
    { ["view"] = View, ["page"] = Page == 1 ? null : Page, ["submission"] = Submission };
}
