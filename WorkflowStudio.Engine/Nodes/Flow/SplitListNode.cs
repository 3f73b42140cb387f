using System.Text.Json;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Expressions.Types;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Words;

namespace WorkflowStudio.Engine.Nodes.Flow;

/// <summary>Makes a list of a text, or batches of a list.</summary>
[Step("split_list", "Split into a list", NodeGroup.Data, "format_list_bulleted", HandsOn = true,
    Does = "Makes a list of a text that is parted by a separator, by lines or by commas as CSV has them; or parts a list into batches, "
        + "so that each item is a list of some.",
    Example = """{"by":"separator","text":"{{ $initialPayload.tags ?? \"\" }}","separator":",","trim":true,"skip_empty":true}""")]
public sealed class SplitListNode : ComputingNode<SplitListSettings, SplitListOutput>
{
    /// <inheritdoc/>
    public override ExpressionType? OutputType(JsonElement config, Func<string, ExpressionType> typeOf)
    {
        var by = config.ValueKind == JsonValueKind.Object && config.TryGetProperty("by"u8, out var given) ? given.ToString() : "";
        if (Template.Contains(by)) return null;
        return ListTypes.Output(by == "batches"
            ? ExpressionType.ListOf(OutputTypes.ItemOf(typeOf("items")))
            : ExpressionType.Text with { IsSecret = typeOf("text").IsSecret });
    }

    /// <inheritdoc/>
    public override IEnumerable<SettingProblem> Check(JsonElement config)
    {
        if (ReadOrNull(config) is not { } settings) yield break;
        if (settings.By == SplitBy.Batches ? settings.Items.ValueKind == JsonValueKind.Undefined : settings.Text is null)
            yield return settings.By == SplitBy.Batches
                ? SettingProblem.Missing("items", "There is no list to part. Fill it in, or choose how a text is parted.")
                : SettingProblem.Missing("text", "There is no text to part. Fill it in, or choose batches of a list.");
        if (!Template.Contains(settings.Separator) && SeparatorProblem(settings) is { } problem)
            yield return SettingProblem.Wrong("separator", problem);
    }

    /// <inheritdoc/>
    public override string? Summary(JsonElement config) => ReadOrNull(config) is not { } settings ? null : settings.By switch
    {
        SplitBy.Lines => "By lines",
        SplitBy.Csv => "By commas as CSV",
        SplitBy.Batches => $"Batches of {settings.Size}",
        _ => Card.Fit($"By “{settings.Separator}”"),
    };

    /// <inheritdoc/>
    protected override NodeOutcome Execute(SplitListSettings settings, NodeInput input, CancellationToken cancellationToken)
    {
        if (settings.By == SplitBy.Batches)
            return ItemList.TryRead(settings.Items, "items", out var items, out var failed)
                ? Done([.. items.Chunk(settings.Size)], input)
                : failed;
        if (settings.Text is not { } text)
            return SettingsFailure.Wrong("text", "There is no text to part. Give an empty one where there may be none: {{ … ?? \"\" }}.");
        if (SeparatorProblem(settings) is { } wrong) return SettingsFailure.Wrong("separator", wrong);
        var parts = new List<object>();
        foreach (var (value, problem) in Parts(text, settings))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (problem is not null) return new NodeOutcome.Failed("wrong_csv", $"{problem} (Setting: text)");
            if (settings.SkipEmpty && value.Length == 0) continue;
            if (parts.Count == ItemList.Most)
                return new NodeOutcome.Failed("too_many_items",
                    $"The text has more than {ItemList.Most:N0} parts, the most that are possible. Split a part of it. (Setting: text)");
            parts.Add(value);
        }

        return Done(parts, input);
    }

    private static NodeOutcome Done(IReadOnlyList<object> items, NodeInput input)
    {
        input.Log(NodeLogLevel.Info, items.Count == 1 ? "Split into 1 item" : $"Split into {items.Count} items");
        return Complete(new SplitListOutput { Items = items, Count = items.Count });
    }

    private static IEnumerable<(string Value, string? Problem)> Parts(string text, SplitListSettings settings)
    {
        var separator = ListSeparator.Read(settings.Separator);
        if (settings.By == SplitBy.Csv) return QuotedValues.Read(text, separator[0], settings.Trim);
        var parts = settings.By == SplitBy.Lines
            ? Parts(text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n'), "\n")
            : Parts(text, separator);
        return parts.Select(p => (settings.Trim ? p.Trim() : p, (string?)null));
    }

    private static IEnumerable<string> Parts(string text, string separator)
    {
        var from = 0;
        while (text.IndexOf(separator, from, StringComparison.Ordinal) is >= 0 and var at)
        {
            yield return text[from..at];
            from = at + separator.Length;
        }

        yield return text[from..];
    }

    private static string? SeparatorProblem(SplitListSettings settings) => settings.By switch
    {
        SplitBy.Separator when settings.Separator.Length == 0 => "The separator is empty. Fill it in, or choose lines.",
        SplitBy.Csv when !QuotedValues.CanSeparate(ListSeparator.Read(settings.Separator)) =>
            "The separator must be one character, such as a comma or a semicolon, and no quotation mark.",
        _ => null,
    };
}

/// <summary>How something becomes a list.</summary>
public enum SplitBy
{
    /// <summary>A text, wherever a separator stands in it.</summary>
    Separator,

    /// <summary>A text, line by line.</summary>
    Lines,

    /// <summary>A text whose values may stand in quotation marks.</summary>
    Csv,

    /// <summary>A list, into lists of some items each.</summary>
    Batches,
}

/// <summary>The settings of <see cref="SplitListNode"/>.</summary>
public sealed record SplitListSettings
{
    private const string OfText = "by=separator|lines|csv";

    /// <summary>How.</summary>
    [Setting("Split", Choices = ["separator=A text by a separator", "lines=A text by lines", "csv=A text by commas, as CSV",
        "batches=A list into batches"])]
    public SplitBy By { get; init; } = SplitBy.Separator;

    /// <summary>The text.</summary>
    [Setting("Text", Description = "The text that becomes a list, at most 10,000 parts.", Editor = FieldEditor.MultiLine, When = OfText)]
    public string? Text { get; init; }

    /// <summary>The list.</summary>
    [Setting("List", Description = "An expression that gives a list, at most 10,000 items.", IsList = true, When = "by=batches")]
    public JsonElement Items { get; init; }

    /// <summary>What stands between the parts.</summary>
    [Setting("Separator", Description = "What stands between the parts. " + ListSeparator.Hint + " For CSV it is one character.", Max = 100,
        When = "by=separator|csv")]
    public string Separator { get; init; } = ",";

    /// <summary>How many items a batch has.</summary>
    [Setting("In each batch", Description = "The last one may have fewer.", Unit = "items", Min = 1, Max = ItemList.Most,
        When = "by=batches")]
    public int Size { get; init; } = 100;

    /// <summary>Whether spaces around parts go.</summary>
    [Setting("Take spaces off", Description = "Spaces at the beginning and the end of each part are left out.", When = OfText)]
    public bool Trim { get; init; } = true;

    /// <summary>Whether empty parts go.</summary>
    [Setting("Leave out empty ones", Description = "Parts without any text do not become items.", When = OfText)]
    public bool SkipEmpty { get; init; } = true;
}

/// <summary>The output of <see cref="SplitListNode"/>.</summary>
public sealed record SplitListOutput
{
    [Setting("Items", Description = "The parts of the text in their order, or the batches, each of them a list.")]
    public required IReadOnlyList<object> Items { get; init; }

    [Setting("Count", Description = "How many there are.")]
    public required int Count { get; init; }
}
