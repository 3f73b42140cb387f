using System.Text;

namespace WorkflowStudio.Engine.Practice.Documents.Reading;

/// <summary>
/// Collects text until there is no more room, counted as it will stand in JSON. Signs that no text can hold are left out: halves of a
/// surrogate pair, and control characters but the ends of lines and tabs.
/// </summary>
internal sealed class TextRoom(int most = DocumentLimits.MaxText)
{
    private readonly StringBuilder text = new();
    private int left = most;

    /// <summary>Whether something did not fit.</summary>
    public bool IsFull { get; private set; }

    public int Length => text.Length;

    public char Last => text.Length == 0 ? '\n' : text[^1];

    public TextRoom Add(ReadOnlySpan<char> more)
    {
        foreach (var rune in more.EnumerateRunes()) Add(rune);
        return this;
    }

    public TextRoom Add(char sign) => Add([sign]);

    /// <summary>Ends the line, unless it is empty or ended already.</summary>
    public TextRoom EndLine()
    {
        TrimEnd();
        return Last == '\n' ? this : Add('\n');
    }

    /// <summary>Takes blanks away at the end of the line.</summary>
    public void TrimEnd()
    {
        while (text.Length > 0 && text[^1] is ' ' or '\t' or '\u00a0') text.Length--;
    }

    /// <summary>The text from a place on.</summary>
    public string From(int place) => text.ToString(place, text.Length - place);

    public override string ToString() => text.ToString().TrimEnd();

    private void Add(Rune rune)
    {
        if (IsFull || rune == Rune.ReplacementChar || (Rune.IsControl(rune) && rune.Value is not ('\n' or '\t'))) return;
        var size = rune.Value is '\n' or '\t' or '"' or '\\' ? 2 : rune.Utf8SequenceLength;
        if (rune.Value > 0xFFFF || rune.Value is 0x2028 or 0x2029 or 0xFEFF || Rune.GetUnicodeCategory(rune)
            is System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.PrivateUse) size = 12;
        if (size > left) IsFull = true;
        else
        {
            left -= size;
            text.Append(rune.ToString());
        }
    }
}

/// <summary>Collects tables until there is no more room, counted as they will stand in JSON.</summary>
internal sealed class TableRoom
{
    private readonly TextRoom text = new();
    private readonly List<DocumentTable> tables = [];
    private List<IReadOnlyList<string>> rows = [];
    private int left = DocumentLimits.MaxText;

    public bool IsFull { get; private set; }

    public IReadOnlyList<DocumentTable> Tables => tables;

    /// <summary>Begins a table. Its name is a line of the text where there are several.</summary>
    public void Begin(string name, bool isTold)
    {
        rows = [];
        tables.Add(new DocumentTable(name, rows));
        if (isTold) text.Add(name).EndLine();
    }

    public void Add(IEnumerable<string> cells)
    {
        var row = new List<string>();
        left -= 3;
        foreach (var cell in cells.Take(DocumentLimits.MaxColumns))
        {
            var room = new TextRoom(Math.Max(0, left - 3));
            var kept = room.Add(cell).ToString().Trim();
            if (room.IsFull) IsFull = true;
            left -= 3 + (kept.Length == 0 ? 0 : SizeOf(kept));
            row.Add(kept);
        }

        while (row.Count > 0 && row[^1].Length == 0) row.RemoveAt(row.Count - 1);
        if (left < 0) IsFull = true;
        if (IsFull || row.Count == 0) return;
        rows.Add(row);
        text.Add(string.Join('\t', row.Select(c => c.ReplaceLineEndings(" ").Replace('\t', ' ')))).EndLine();
        IsFull |= text.IsFull;
    }

    public DocumentText Of(DocumentKind kind) => new(kind, text.ToString()) { Tables = tables, IsCut = IsFull };

    // as TextRoom counts at the most
    private static int SizeOf(string cell) =>
        cell.EnumerateRunes().Sum(r => r.Value > 0x7FF ? 12 : r.Value > 0x7F || r.Value is '\n' or '\t' or '"' or '\\' ? 2 : 1);
}
