using System.Text.RegularExpressions;
using WorkflowStudio.Components.Shared.Pages;
using WorkflowStudio.Engine.Practice.Tables;

namespace WorkflowStudio.Components.Practice.Records;

/// <summary>What is looked for in a table of practice data, and the record that is open.</summary>
/// <param name="Text">What is searched for.</param>
/// <param name="Filter">Choices of fields: <c>status:available,kind:house</c>. What the table does not have is passed over.</param>
/// <param name="Page">From 1.</param>
/// <param name="Record">The record that is open.</param>
public sealed partial record RecordsQuery(string? Text = null, string? Filter = null, int Page = 1, Guid? Record = null)
    : IPageQuery<RecordsQuery>
{
    private const int MostPages = 1_000_000;

    public static RecordsQuery Of(AddressValues address) => new(
        address.Text("q"), address.Text("filter") is { } filter && Choices().IsMatch(filter) ? filter : null,
        (int)(address.Number("page", MostPages) ?? 1), address.Id("record"));

    public IReadOnlyDictionary<string, object?> ToParameters() => new Dictionary<string, object?>
    { ["q"] = Text, ["filter"] = Filter, ["page"] = Page == 1 ? null : Page, ["record"] = Record };

    /// <summary>What is chosen of a field; null when any will do.</summary>
    public string? Chosen(PracticeField field) => All().FirstOrDefault(c => c.Name == field.Name) is { Value: { } value }
        && field.Choices.Any(c => c.Value == value) ? value : null;

    /// <summary>The same with another choice of a field, from the first page on.</summary>
    public RecordsQuery With(PracticeField field, string? value)
    {
        var chosen = All().Where(c => c.Name != field.Name).ToList();
        if (value is not null) chosen.Add((field.Name, value));
        var filter = string.Join(',', chosen.Select(c => $"{c.Name}:{c.Value}"));
        return this with { Filter = filter.Length == 0 ? null : filter, Page = 1 };
    }

    /// <summary>What is asked of the table.</summary>
    public RecordQuery In(PracticeTable table) => new(
        Text, [.. table.Fields.Where(f => Chosen(f) is not null).Select(f => new RecordFilter(f.Name, FilterRule.Is, Chosen(f)))]);

    private IEnumerable<(string Name, string Value)> All() =>
        (Filter ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(c => c.Split(':')).Select(c => (c[0], c[1]));

    [GeneratedRegex("^[a-zA-Z]+:[a-z_]+(,[a-zA-Z]+:[a-z_]+)*$")]
    private static partial Regex Choices();
}
