using WorkflowStudio.Components.Shared.Browser;

namespace WorkflowStudio.Components.Shared;

/// <summary>The columns of a list that can be put away, and those that a person has put away in this browser.</summary>
/// <param name="list">What the browser keeps them under: the same in every version.</param>
/// <param name="titles">Those that can be put away, in their order. What names a row is not among them.</param>
public sealed class ColumnChoice(string list, params IReadOnlyList<string> titles)
{
    private const string Key = "ws-columns-";
    private const char Between = '|';

    private HashSet<string> away = [];

    /// <summary>Those that can be put away, in their order.</summary>
    public IReadOnlyList<string> Titles => titles;

    /// <summary>Whether a column is put away.</summary>
    public bool Hides(string title) => away.Contains(title);

    /// <summary>Puts a column away or brings it back, and keeps that.</summary>
    public async Task ShowAsync(BrowserStore browser, string title, bool shown)
    {
        _ = shown ? away.Remove(title) : away.Add(title);
        await browser.KeepAsync(Key + list, string.Join(Between, titles.Where(away.Contains)));
    }

    /// <summary>Reads what this browser keeps; true when a column is put away. Names of columns that are no more are left out.</summary>
    public async Task<bool> ReadAsync(BrowserStore browser)
    {
        var kept = await browser.KeptAsync(Key + list) ?? "";
        away = [.. kept.Split(Between).Where(titles.Contains)];
        return away.Count > 0;
    }
}
