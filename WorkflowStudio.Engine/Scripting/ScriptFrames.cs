using System.Text;

namespace WorkflowStudio.Engine.Scripting;

/// <summary>A script to be run.</summary>
/// <param name="Source">The script.</param>
/// <param name="Input">What it is given, as JSON.</param>
/// <param name="Time">How long it may take.</param>
internal sealed record ScriptRequest(string Source, byte[] Input, TimeSpan Time)
{
    public void Write(BinaryWriter to)
    {
        to.Write(Source);
        to.Write(Input.Length);
        to.Write(Input);
        to.Write((int)Time.TotalMilliseconds);
        to.Flush();
    }

    public static ScriptRequest Read(BinaryReader from) =>
        new(from.ReadString(), from.ReadBytes(from.ReadInt32()), TimeSpan.FromMilliseconds(from.ReadInt32()));
}

/// <summary>What came of one.</summary>
/// <param name="Json">What it returned; null when it failed.</param>
/// <param name="Code">Why it failed.</param>
/// <param name="Message">The same in words.</param>
internal sealed record ScriptAnswer(byte[]? Json, string? Code, string? Message)
{
    private const int LongestMessage = 8_000;

    /// <summary>The answer of a script that used more memory than it may.</summary>
    public static ScriptAnswer OutOfMemory { get; } = Failed(ScriptCodes.Memory, "The script used more memory than "
        + $"{ScriptLimits.MostMemory / 1024 / 1024} MiB, or a list of more than {ScriptLimits.LongestList:N0} entries. Give it a part of "
        + "the data.");

    /// <summary>What it wrote to the console.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>Whether its process is not to be used again.</summary>
    public bool IsLast { get; init; }

    public static ScriptAnswer Failed(string code, string message) => new(null, code, message);

    public static ScriptAnswer Late(TimeSpan time) => Failed(ScriptCodes.Time,
        $"The script took longer than {time.TotalSeconds:0.#} s. Look for a loop without an end, or allow it more time.");

    public void Write(BinaryWriter to)
    {
        to.Write(IsLast);
        to.Write(Json is not null);
        if (Json is not null)
        {
            to.Write(Json.Length);
            to.Write(Json);
        }
        else
        {
            to.Write(Code!);
            to.Write(Message!);
        }

        to.Write(Lines.Count);
        foreach (var line in Lines) to.Write(line);
        to.Flush();
    }

    /// <summary>Reads one. Its sender runs what others wrote, so nothing is believed of it.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static ScriptAnswer Read(BinaryReader from)
    {
        var isLast = from.ReadBoolean();
        var answer = from.ReadBoolean()
            ? new ScriptAnswer(from.ReadBytes(Bounded(from.ReadInt32(), ScriptLimits.LargestValue)), null, null)
            : Failed(Text(from, LongestMessage), Text(from, LongestMessage));
        var lines = new string[Bounded(from.ReadInt32(), ScriptLimits.MostLines)];
        for (var i = 0; i < lines.Length; i++) lines[i] = Text(from, ScriptLimits.LongestText);
        return answer with { Lines = lines, IsLast = isLast };
    }

    // no text is longer in bytes than four times its characters
    private static string Text(BinaryReader from, int most) =>
        Encoding.UTF8.GetString(from.ReadBytes(Bounded(from.Read7BitEncodedInt(), most * 4)));

    private static int Bounded(int size, int most) =>
        size >= 0 && size <= most ? size : throw new InvalidDataException("The process of a script sent something else than an answer.");
}
