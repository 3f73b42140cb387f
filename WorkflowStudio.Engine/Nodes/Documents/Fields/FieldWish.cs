using System.Text.RegularExpressions;

namespace WorkflowStudio.Engine.Nodes.Documents.Fields;

/// <summary>A field that is looked for in a text.</summary>
public sealed partial record FieldWish
{
    private Regex? ready;

    /// <summary>The name.</summary>
    [Setting("Name", Description = "What later steps call it: {{ name }}. Letters, digits and _.", Min = 1, Max = 60)]
    public required string Name { get; init; }

    /// <summary>The kind of value.</summary>
    [Setting("Type", Choices = ["text=Text", "number=Number", "money=Amount of money", "date=Date", "email=E-mail address",
        "phone=Phone number", "list=List", "boolean=Yes or no"])]
    public WishedType Type { get; init; } = WishedType.Text;

    /// <summary>What it is.</summary>
    [Setting("Description", Description = "What a connected language model is told of it.", Max = 500)]
    public string Description { get; init; } = "";

    /// <summary>What stands before or above it.</summary>
    [Setting("Labels", Description = "What stands before or above the value in such documents: Invoice number, Inv. no. The name counts "
        + "as one.", Max = 20)]
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>What it looks like.</summary>
    [Setting("Pattern", Description = "A regular expression for what the value looks like; with a group, the group is the value.",
        Max = 300, Advanced = true)]
    public string Pattern { get; init; } = "";

    /// <summary>Whether the document is incomplete without it.</summary>
    [Setting("Required", Description = "Whether a document without it is incomplete.")]
    public bool Required { get; init; }

    /// <summary>Whether the last place where it stands counts, as with totals; not told by settings.</summary>
    internal bool IsBelow { get; init; }

    /// <summary>Whether its pattern fits much else, so that it is looked for by its labels alone; not told by settings.</summary>
    internal bool NeedsLabel { get; init; }

    /// <summary>The pattern, ready; null for none. It never takes more time than the text is long.</summary>
    /// <exception cref="ArgumentException">It cannot be read.</exception>
    internal Regex? Regex() => Pattern.Length == 0 ? null
        : ready ??= new Regex(Pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.IgnoreCase);

    /// <summary>Whether a name can be one of a field.</summary>
    internal static bool CanBeName(string name) => NameForm().IsMatch(name);

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]*$", RegexOptions.CultureInvariant)]
    private static partial Regex NameForm();
}

/// <summary>The kinds of values that are looked for.</summary>
public enum WishedType
{
    /// <summary>Words.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>An amount of money; its value is a number.</summary>
    Money,

    /// <summary>A day; its value is written 2026-11-30.</summary>
    Date,

    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>A phone number.</summary>
    Phone,

    /// <summary>Several texts.</summary>
    List,

    /// <summary>Yes or no.</summary>
    Boolean,
}
