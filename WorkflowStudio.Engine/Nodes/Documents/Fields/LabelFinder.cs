namespace WorkflowStudio.Engine.Nodes.Documents.Fields;

/// <summary>
/// Finds values by the labels that stand before them in their line, in the cell left of them or in the cell above.
/// </summary>
internal sealed class LabelFinder(TextLines text, TextHabits habits, IReadOnlyList<FieldWish> wishes)
{
    private readonly Dictionary<string, string[]> labelsOf =
        wishes.ToDictionary(w => w.Name, w => LabelsOf(w).ToArray(), StringComparer.Ordinal);

    private readonly IReadOnlyList<string> labels =
        [.. wishes.SelectMany(LabelsOf).Distinct().OrderByDescending(l => l.Length)];

    /// <summary>The field; null when none of its labels has a value of its type.</summary>
    public FoundField? Find(FieldWish wish)
    {
        foreach (var label in labelsOf[wish.Name])
        {
            var found = Enumerable.Range(0, text.Lines.Count).Select(i => wish.IsBelow ? text.Lines.Count - 1 - i : i)
                .Select(line => Best(Enumerable.Range(0, text.Lines[line].Length).Select(cell => At(wish, label, line, cell))))
                .Where(f => f is not null);
            if ((wish.IsBelow ? found.FirstOrDefault() : Best(found)) is { } best) return best;
        }

        return null;
    }

    // the first of those that are the surest
    private static FoundField? Best(IEnumerable<FoundField?> found) => found.OfType<FoundField>().MaxBy(f => f.Confidence);

    private FoundField? At(FieldWish wish, string label, int line, int cell)
    {
        var place = text.Lines[line][cell];
        if (place.Folded.IndexOf(label, StringComparison.Ordinal) is not (>= 0 and var from) || !IsWord(place.Folded, from, label.Length))
            return null;
        // a longer label begins or ends with this one: "due date" is no "date"
        if (labels.Any(l => l.Length > label.Length && Covers(place.Folded, l, from, label.Length) && !labelsOf[wish.Name].Contains(l)))
            return null;
        var rest = Rest(place, from + label.Length, out var isMarked);
        if (from > 0 && !isMarked && !IsMarkedBefore(place.Folded, from)) return null;
        if (rest.Length > 0 && (isMarked || wish.Type is not (WishedType.Text or WishedType.List) || wish.Pattern.Length > 0))
        {
            if (Read(wish, rest, isMarked ? 0.95 : 0.85) is { } inLine) return inLine;
            if (isMarked) return null;
        }

        return rest.Length > 0 && !isMarked && rest.Length > 12 ? null : Beside(wish, line, cell) ?? Below(wish, line, cell);
    }

    private FoundField? Beside(FieldWish wish, int line, int cell)
    {
        var next = text.Lines[line].Skip(cell + 1).FirstOrDefault(c => !c.IsEmpty);
        return next.Text is null || IsLabel(next.Folded) ? null : Read(wish, next.Text, 0.9);
    }

    private FoundField? Below(FieldWish wish, int line, int cell)
    {
        if (line + 1 >= text.Lines.Count) return null;
        var (above, below) = (text.Lines[line], text.Lines[line + 1]);
        var filled = below.Where(c => !c.IsEmpty).ToList();
        var place = cell < below.Length && (below.Length > 1 || above.Length == 1 || cell == 0) ? below[cell]
            : filled.Count == 1 && wish.Type != WishedType.Text ? filled[0]
            : default;
        return place.Text is null or "" || IsLabel(place.Folded) ? null : Read(wish, place.Text, above.Length == below.Length ? 0.85
            : 0.75);
    }

    private FoundField? Read(FieldWish wish, string words, double confidence) =>
        FieldValues.Read(wish, words, habits) is { } value ? new FoundField(value, confidence) : null;

    // what is behind the label in its cell, up to the next label that has a colon
    private string Rest(TextCell place, int from, out bool isMarked)
    {
        var at = from;
        while (at < place.Text.Length && place.Text[at] is ' ' or '.' or 'º' or 'o' && (place.Text[at] is ' ' or '.' || at == from)) at++;
        isMarked = at < place.Text.Length && place.Text[at] is ':' or '#' or '=' or '–';
        while (at < place.Text.Length && place.Text[at] is ':' or '#' or '=' or '–' or ' ') at++;
        var end = place.Text.Length;
        foreach (var label in labels)
        {
            var next = place.Folded.IndexOf(label, at, StringComparison.Ordinal);
            if (next > at && next < end && IsWord(place.Folded, next, label.Length)
                && place.Folded[(next + label.Length)..].TrimStart(' ', '.') is [':', ..]) end = next;
        }

        return place.Text[Math.Min(at, end)..end].Trim();
    }

    private bool IsLabel(string folded)
    {
        var bare = folded.TrimEnd(':', '.', '#', ' ');
        return labels.Contains(bare) || labels.Any(l => bare.StartsWith(l, StringComparison.Ordinal)
            && folded[l.Length..].TrimStart() is [':', ..]);
    }

    private static bool IsWord(string folded, int from, int length) =>
        (from == 0 || !char.IsLetterOrDigit(folded[from - 1]))
        && (from + length == folded.Length || !char.IsLetter(folded[from + length]));

    private static bool IsMarkedBefore(string folded, int from) => folded[..from].TrimEnd() is [.., ',' or ';' or '|' or '('];

    private static bool Covers(string folded, string longer, int from, int length)
    {
        for (var at = folded.IndexOf(longer, StringComparison.Ordinal); at >= 0; at = folded.IndexOf(longer, at + 1,
            StringComparison.Ordinal))
            if (at <= from && at + longer.Length >= from + length && IsWord(folded, at, longer.Length)) return true;
        return false;
    }

    // its name is one
    private static IEnumerable<string> LabelsOf(FieldWish wish) => wish.Labels.Append(wish.Name.Replace('_', ' '))
        .Select(l => TextLines.Fold(l.Trim().TrimEnd(':'))).Where(l => l.Length > 1).Distinct();
}
