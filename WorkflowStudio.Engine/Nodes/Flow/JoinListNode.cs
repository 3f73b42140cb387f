using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Expressions.Types;
using WorkflowStudio.Engine.Expressions.Values;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Words;

namespace WorkflowStudio.Engine.Nodes.Flow;

/// <summary>Makes one text of the items of a list.</summary>
[Step("join_list", "Join a list", NodeGroup.Data, "short_text", HandsOn = true,
    Does = "Makes one text of the items of a list, or of a field of each, with a separator between them: “Ann, Bo and Cy”. Items without "
        + "a value are left out.",
    Example = """
        {"items":"{{ $initialPayload.clients ?? [] }}","text":"{{ $item.first_name }} {{ $item.last_name }}","separator":", ",
        "last_separator":" and ","empty":"nobody"}
        """)]
public sealed class JoinListNode : ComputingNode<JoinListSettings, JoinListOutput>
{
    private const string Text = "text";

    /// <inheritdoc/>
    public override NodeShape Shape(JsonElement config) => Usual with { ItemSettings = [Text] };

    /// <inheritdoc/>
    public override ExpressionType? OutputType(JsonElement config, Func<string, ExpressionType> typeOf)
    {
        if (ReadOrNull(config) is not { } settings) return null;
        var item = OutputTypes.ItemOf(typeOf("items"));
        var each = settings.Text.Length > 0 ? typeOf(Text)
            : Template.Contains(settings.Field) ? item
            : ListTypes.Follow(item, settings.Field);
        var isSecret = each.IsSecret || typeOf("separator").IsSecret || typeOf("last_separator").IsSecret || typeOf("empty").IsSecret;
        return ExpressionType.ObjectOf(new Dictionary<string, ExpressionType>(StringComparer.Ordinal)
        { [Text] = ExpressionType.Text with { IsSecret = isSecret }, ["count"] = ExpressionType.Number });
    }

    /// <inheritdoc/>
    public override IEnumerable<SettingProblem> Check(JsonElement config) =>
        ReadOrNull(config) is { Text.Length: > 0, Field.Length: > 0 } ? [SettingProblem.Wrong(Text, Both)] : [];

    /// <inheritdoc/>
    public override string? Summary(JsonElement config) => ReadOrNull(config) is not { } settings ? null
        : settings.Text.Length > 0 ? Card.Fit(settings.Text)
        : settings.Field.Length > 0 ? Card.Fit(settings.Field)
        : null;

    /// <inheritdoc/>
    protected override NodeOutcome Execute(JoinListSettings settings, NodeInput input, CancellationToken cancellationToken)
    {
        if (!ItemList.TryRead(settings.Items, "items", out var items, out var failed)) return failed;
        if (settings is { Text.Length: > 0, Field.Length: > 0 }) return SettingsFailure.Wrong(Text, Both);
        var template = settings.Text.Length > 0 ? new ItemTemplate(this, input, Text) : null;
        var (between, room, texts) = (ListSeparator.Read(settings.Separator), new OutputRoom(), new List<string>());
        for (var i = 0; i < items.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var resolved = template?.Resolve(items[i], i)
                ?? new ItemTemplate.Resolved(FieldPath.Follow(items[i], settings.Field), null);
            if (resolved.Failed is { } unresolved) return unresolved;
            if (!TryText(resolved.Value, i, template is null ? "field" : Text, out var text, out failed)) return failed;
            if (text is null || (settings.SkipEmpty && text.Length == 0)) continue;
            texts.Add(text);
            if (!room.Takes(text.Length + between.Length)) return OutputRoom.IsFull("items");
        }

        return Complete(new JoinListOutput { Text = Joined(texts, between, settings), Count = texts.Count });
    }

    private const string Both = "Give a field or a text for each item, not both.";

    private static string Joined(List<string> texts, string between, JoinListSettings settings)
    {
        if (texts.Count == 0) return settings.Empty;
        var last = settings.LastSeparator.Length > 0 ? ListSeparator.Read(settings.LastSeparator) : between;
        return texts.Count == 1 ? texts[0] : $"{string.Join(between, texts[..^1])}{last}{texts[^1]}";
    }

    // null when there is no value
    private static bool TryText(
        JsonElement value, int index, string setting, out string? text, [NotNullWhen(false)] out NodeOutcome.Failed? failed)
    {
        (text, failed) = (null, null);
        if (value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            failed = new NodeOutcome.Failed("not_a_text", $"Item {index + 1} has {Quote.Value(value)} where a text is needed. Name a field "
                + $"that holds one. (Setting: {setting})");
        else if (value.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null)) text = ValueText.Of(Value.Of(value));
        return failed is null;
    }
}

/// <summary>The settings of <see cref="JoinListNode"/>.</summary>
public sealed record JoinListSettings
{
    /// <summary>The list.</summary>
    [Setting("List", Description = "An expression that gives a list, at most 10,000 items.", IsList = true)]
    public required JsonElement Items { get; init; }

    /// <summary>The field.</summary>
    [Setting("Field", Description = "The way to the text in each item, such as name or client.name; empty for the item itself.", Max = 300)]
    public string Field { get; init; } = "";

    /// <summary>The text of each item.</summary>
    [Setting("Text of each item", Description = "Instead of a field: a text that may name the item as $item and its number from 0 as "
        + "$index.", Max = 4_000)]
    public string Text { get; init; } = "";

    /// <summary>What stands between the items.</summary>
    [Setting("Separator", Description = "What stands between the items. " + ListSeparator.Hint, Max = 100)]
    public string Separator { get; init; } = ", ";

    /// <summary>What stands before the last item.</summary>
    [Setting("Last separator", Description = "What stands before the last item, such as “ and ”; empty for the same as between the others.",
        Max = 100)]
    public string LastSeparator { get; init; } = "";

    /// <summary>The text of no items.</summary>
    [Setting("When there are none", Description = "The text when no item has one.", Max = 4_000)]
    public string Empty { get; init; } = "";

    /// <summary>Whether empty texts are left out.</summary>
    [Setting("Leave out empty ones", Description = "Items whose text is empty are left out.")]
    public bool SkipEmpty { get; init; } = true;
}

/// <summary>The output of <see cref="JoinListNode"/>.</summary>
public sealed record JoinListOutput
{
    [Setting("Text", Description = "The items as one text.")]
    public required string Text { get; init; }

    [Setting("Count", Description = "How many items stand in it.")]
    public required int Count { get; init; }
}
