namespace WorkflowStudio.Engine.Nodes.Ai;

/// <summary>
/// A message as a list of words in lower case. Letters, digits and the marks within words stay; everything else parts words.
/// </summary>
internal sealed class MessageWords
{
    private readonly List<string> words = [];
    private readonly string joined;

    public MessageWords(string text)
    {
        var lower = text.ToLowerInvariant();
        var start = -1;
        for (var i = 0; i <= lower.Length; i++)
        {
            var inside = i < lower.Length && (char.IsLetterOrDigit(lower[i]) || (start >= 0 && IsMark(lower, i)));
            if (inside && start < 0) start = i;
            if (inside || start < 0) continue;
            words.Add(lower[start..i].Replace('’', '\''));
            start = -1;
        }

        joined = $" {string.Join(' ', words)} ";
    }

    public int Count => words.Count;

    /// <summary>The word at this place; empty outside the message.</summary>
    public string this[int index] => index >= 0 && index < words.Count ? words[index] : "";

    /// <summary>Whether the words of the phrase stand in the message side by side.</summary>
    public bool Has(string phrase) => joined.Contains($" {phrase} ", StringComparison.Ordinal);

    /// <summary>Whether one of the phrases stands in the message.</summary>
    public bool HasAny(params ReadOnlySpan<string> phrases)
    {
        foreach (var phrase in phrases)
        {
            if (Has(phrase)) return true;
        }

        return false;
    }

    /// <summary>Whether the word before this place takes it back: "not Monday", "except mornings".</summary>
    public bool IsDenied(int index) =>
        this[index - 1] is "not" or "no" or "except" or "never" || this[index - 2] is "not" or "except" or "can't" or "cannot";

    private static bool IsMark(string text, int i) =>
        text[i] is '\'' or '’' or '/' or ':' or '-' && i + 1 < text.Length && char.IsLetterOrDigit(text[i + 1]);
}
