using System.Globalization;
using System.Text;

namespace WorkflowStudio.Engine.Nodes.Http;

/// <summary>
/// The words of one command of a POSIX shell, as bash parts them: quotes, <c>$'…'</c>, backslashes. Nothing is run and nothing looked up: a
/// variable stays as it is written, and is told of.
/// </summary>
internal sealed class ShellWords
{
    private readonly string text;
    private readonly StringBuilder word = new();
    private readonly List<string> words = [];
    private int at;
    private bool isOpen;
    private string? problem;

    private ShellWords(string text) => this.text = text;

    /// <summary>The words in order.</summary>
    public IReadOnlyList<string> Words => words;

    /// <summary>Whether a variable of the shell stands in them, such as <c>$TOKEN</c>.</summary>
    public bool HoldsVariable { get; private set; }

    /// <summary>Reads a command up to its end or to a <c>|</c>; null with what cannot be read, as a sentence.</summary>
    public static ShellWords? Read(string text, out string problem)
    {
        var read = new ShellWords(text);
        while (read.problem is null && read.at < text.Length && read.Next()) { }
        read.End();
        problem = read.problem ?? "";
        return read.problem is null ? read : null;
    }

    // false at the end of the command
    private bool Next()
    {
        var sign = text[at++];
        switch (sign)
        {
            case ' ' or '\t' or '\r' or '\n':
                End();
                return true;
            case '|':
                return false;
            case '\\':
                Backslash();
                return true;
            case '\'':
                Single();
                return true;
            case '"':
                Double();
                return true;
            case '$' when Peek == '\'':
                at++;
                Escaped();
                return true;
            case '$':
                Dollar();
                return true;
            case '^':
                return Refuse("This is a command for the command prompt of Windows (cmd), as its ^ tells. Copy it as cURL (bash).");
            case '`':
                return Refuse("A ` stands in the command: it runs another command, or ends a line of PowerShell. Copy it as cURL (bash).");
            case '&' or ';' or '<' or '>' or '(' or ')':
                return Refuse($"A {sign} stands outside of quotes, where it ends the command or leads elsewhere. Put the address or value "
                    + "that it belongs to between single quotes, or take away what begins there.");
            default:
                Add(sign);
                return true;
        }
    }

    private char Peek => at < text.Length ? text[at] : '\0';

    private void Add(char sign)
    {
        isOpen = true;
        word.Append(sign);
    }

    private void End()
    {
        if (isOpen) words.Add(word.ToString());
        word.Clear();
        isOpen = false;
    }

    private bool Refuse(string why)
    {
        problem ??= why;
        return false;
    }

    private void Backslash()
    {
        if (SkipLineEnd() || at >= text.Length) return;
        Add(text[at++]);
    }

    private bool SkipLineEnd()
    {
        var length = text.AsSpan(at) is ['\r', '\n', ..] ? 2 : Peek == '\n' ? 1 : 0;
        at += length;
        return length > 0;
    }

    private void Single()
    {
        isOpen = true;
        var end = text.IndexOf('\'', at);
        if (end < 0)
        {
            Refuse("A ' is not closed. Copy the command again, from its beginning to its end.");
            return;
        }

        word.Append(text, at, end - at);
        at = end + 1;
    }

    private void Double()
    {
        isOpen = true;
        while (at < text.Length && problem is null)
        {
            var sign = text[at++];
            if (sign == '"') return;
            if (sign == '$') Dollar();
            else if (sign == '`') Refuse("A ` stands in the command and would run another one. Put the value there that it stands for.");
            else if (sign == '\\' && SkipLineEnd()) continue;
            else Add(sign == '\\' && Peek is ('$' or '`' or '"' or '\\') ? text[at++] : sign);
        }

        Refuse("A \" is not closed. Copy the command again, from its beginning to its end.");
    }

    private void Dollar()
    {
        if (Peek == '(') Refuse("A $(…) stands in the command and would run another one. Put the value there that it stands for.");
        HoldsVariable |= Peek is '{' or '_' || char.IsAsciiLetter(Peek);
        Add('$');
    }

    // $'…': what browsers write where a text holds quotes, line breaks or foreign letters
    private void Escaped()
    {
        isOpen = true;
        while (at < text.Length && problem is null)
        {
            var sign = text[at++];
            if (sign == '\'') return;
            if (sign == '\\' && at < text.Length) Escape();
            else Add(sign);
        }

        Refuse("A $' is not closed. Copy the command again, from its beginning to its end.");
    }

    private void Escape()
    {
        var sign = text[at++];
        switch (sign)
        {
            case 'x':
                at -= 2;
                Bytes();
                break;
            case 'u' or 'U':
                Code(Digits(sign == 'u' ? 4 : 8, 16));
                break;
            case >= '0' and <= '7':
                at--;
                Code(Digits(3, 8));
                break;
            default:
                word.Append(sign switch
                {
                    'n' => "\n",
                    't' => "\t",
                    'r' => "\r",
                    'a' => "\a",
                    'b' => "\b",
                    'e' or 'E' => "\e",
                    'f' => "\f",
                    'v' => "\v",
                    '\\' or '\'' or '"' or '?' => sign.ToString(),
                    _ => $"\\{sign}",
                });
                break;
        }
    }

    // bash means bytes of UTF-8 by them, Firefox letters of Latin-1
    private void Bytes()
    {
        var bytes = new List<byte>();
        while (text.AsSpan(at) is ['\\', 'x', ..])
        {
            at += 2;
            if (Digits(2, 16) is not { } value)
            {
                Refuse("A \\x without a number stands between $' and '. Copy the command again.");
                return;
            }

            bytes.Add((byte)value);
        }

        var span = bytes.ToArray();
        word.Append((System.Text.Unicode.Utf8.IsValid(span) ? Encoding.UTF8 : Encoding.Latin1).GetString(span));
    }

    private void Code(uint? code)
    {
        if (code is null or > 0x10FFFF) Refuse("A \\u without the number of a letter stands between $' and '. Copy the command again.");
        else if (code <= 0xFFFF) word.Append((char)code); // one half of a pair is followed by the other
        else word.Append(char.ConvertFromUtf32((int)code));
    }

    private uint? Digits(int most, int radix)
    {
        var from = at;
        while (at < text.Length && at - from < most && (radix == 16 ? char.IsAsciiHexDigit(text[at]) : text[at] is >= '0' and <= '7')) at++;
        if (at == from) return null;
        return radix == 16 ? uint.Parse(text.AsSpan(from, at - from), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
            : text[from..at].Aggregate(0u, (sum, digit) => sum * 8 + (uint)(digit - '0'));
    }
}
