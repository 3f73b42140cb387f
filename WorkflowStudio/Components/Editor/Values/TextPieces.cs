using System.Text.Json;
using WorkflowStudio.Engine.Expressions;

namespace WorkflowStudio.Components.Editor.Values;

/// <summary>A piece of a text with expressions.</summary>
/// <param name="Text">As written, or the value it has.</param>
/// <param name="Kind">What it is.</param>
internal readonly record struct TextPiece(string Text, TextPieceKind Kind);

internal enum TextPieceKind
{
    /// <summary>Text as it stands.</summary>
    Plain,

    /// <summary>An expression, or its value.</summary>
    Value,

    /// <summary>An expression that cannot be read or has no value.</summary>
    Missing,
}

/// <summary>Takes a text with expressions apart.</summary>
internal static class TextPieces
{
    /// <summary>The text in pieces as it is written, for colouring: together they are the text again.</summary>
    public static IReadOnlyList<TextPiece> Written(string text) =>
        [.. Split(text).Select(p => p.IsExpression
            ? new TextPiece(p.Text, Template.Parse(p.Text).Problem is null ? TextPieceKind.Value : TextPieceKind.Missing)
            : new TextPiece(p.Text, TextPieceKind.Plain))];

    /// <summary>The text as it will be read, with the values of a scope; what has none stays as it is written.</summary>
    public static IReadOnlyList<TextPiece> Read(string text, IScope scope) =>
        [.. Split(text).Select(p => p.IsExpression ? Evaluate(p.Text, scope) : new TextPiece(p.Text, TextPieceKind.Plain))];

    private static TextPiece Evaluate(string expression, IScope scope) =>
        Template.Parse(expression).TryEvaluate(scope, out var value, out _) && value.ValueKind != JsonValueKind.Null
            ? new TextPiece(value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText(), TextPieceKind.Value)
            : new TextPiece(expression, TextPieceKind.Missing);

    private static IEnumerable<(string Text, bool IsExpression)> Split(string text)
    {
        var at = 0;
        while (text.IndexOf("{{", at, StringComparison.Ordinal) is >= 0 and var open)
        {
            if (open > at) yield return (text[at..open], false);
            var close = text.IndexOf("}}", open + 2, StringComparison.Ordinal);
            at = close < 0 ? text.Length : close + 2;
            yield return (text[open..at], true);
        }
        if (at < text.Length) yield return (text[at..], false);
    }
}
