namespace WorkflowStudio.Engine.Practice.Forms;

/// <summary>A form that people fill in on a page of its own, without an account.</summary>
/// <param name="Id">The id.</param>
/// <param name="Content">What somebody has made of it.</param>
/// <param name="Url">Its page. Whoever has the address can fill it in.</param>
/// <param name="Revision">Grows by one with every change.</param>
/// <param name="CreatedAt">Since when it is there.</param>
/// <param name="UpdatedAt">When it was changed last.</param>
public sealed record Form(
    Guid Id, FormContent Content, string Url, int Revision, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <summary>What people decide of a form.</summary>
public sealed record FormContent
{
    /// <summary>The most fields.</summary>
    public const int MostFields = 40;

    /// <summary>The longest name in characters.</summary>
    public const int LongestName = 120;

    /// <summary>The longest title in characters.</summary>
    public const int LongestTitle = 200;

    /// <summary>The longest text above the fields, or after them, in characters.</summary>
    public const int LongestText = 5_000;

    /// <summary>What the practice calls it; runs and events are told it.</summary>
    public string Name { get; init; } = "";

    /// <summary>The heading of its page; empty for the name.</summary>
    public string Title { get; init; } = "";

    /// <summary>What stands above the fields; may be empty.</summary>
    public string Intro { get; init; } = "";

    /// <summary>What is said to whoever has sent it; may be empty.</summary>
    public string Thanks { get; init; } = "";

    /// <summary>Whether it takes anything.</summary>
    public FormStatus Status { get; init; }

    /// <summary>From then on it takes nothing any more; null for no end.</summary>
    public DateTimeOffset? ClosesAt { get; init; }

    /// <summary>What it asks for, in order.</summary>
    public IReadOnlyList<FormField> Fields { get; init; } = [];

    /// <summary>The heading of its page.</summary>
    public string Heading => Title.Length > 0 ? Title : Name;

    /// <summary>What is said to whoever has sent it.</summary>
    public string ThanksSaid => Thanks.Length > 0 ? Thanks : "Thank you. We have what you sent, and will come back to you.";

    /// <summary>The form with which somebody begins: closed, with what nearly every form asks for.</summary>
    public static FormContent Begun { get; } = new()
    {
        Name = "Untitled form",
        Fields =
        [
            new() { Key = "first_name", Label = "First name", Required = true },
            new() { Key = "last_name", Label = "Last name" },
            new() { Key = "email", Label = "E-mail", Type = FormFieldType.Email, Required = true },
            new() { Key = "message", Label = "How can we help?", Type = FormFieldType.LongText },
        ],
    };

    /// <summary>Whether its page takes something at a moment.</summary>
    public bool IsOpenAt(DateTimeOffset now) => Status == FormStatus.Open && !(ClosesAt <= now);

    /// <inheritdoc/>
    public bool Equals(FormContent? other) => other is not null
        && (Name, Title, Intro, Thanks, Status, ClosesAt) ==
            (other.Name, other.Title, other.Intro, other.Thanks, other.Status, other.ClosesAt)
        && Fields.SequenceEqual(other.Fields);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Title, Status, ClosesAt, Fields.Count);
}

/// <summary>Whether a form takes anything.</summary>
public enum FormStatus
{
    /// <summary>It does not: a new one, or one that somebody has closed.</summary>
    Closed,

    /// <summary>It does, until <see cref="FormContent.ClosesAt"/>.</summary>
    Open,
}

/// <summary>A field of a form.</summary>
public sealed record FormField
{
    /// <summary>The longest key in characters.</summary>
    public const int LongestKey = 40;

    /// <summary>The longest label, hint and choice in characters.</summary>
    public const int LongestLabel = 200;

    /// <summary>The most choices.</summary>
    public const int MostChoices = 100;

    /// <summary>What runs and events call its value: small letters, digits and <c>_</c>, a letter first.</summary>
    public string Key { get; init; } = "";

    /// <summary>What it asks for.</summary>
    public string Label { get; init; } = "";

    /// <summary>What may stand in it.</summary>
    public FormFieldType Type { get; init; }

    /// <summary>Whether nothing can be sent without it; of a checkbox, whether it has to be ticked.</summary>
    public bool Required { get; init; }

    /// <summary>What may be chosen; empty for all types but <see cref="FormFieldType.Choice"/>.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>What helps to fill it in; may be empty.</summary>
    public string Hint { get; init; } = "";

    /// <summary>The most characters of a text; null for the preset of its type.</summary>
    public int? Longest { get; init; }

    /// <summary>Whether it is text whose length somebody may choose.</summary>
    public bool IsText => Type is FormFieldType.Text or FormFieldType.LongText;

    /// <summary>The most characters that it takes.</summary>
    public int MostCharacters => Longest ?? (Type == FormFieldType.LongText ? 5_000 : 200);

    /// <summary>The most that <see cref="Longest"/> can be.</summary>
    public static int LongestOf(FormFieldType type) => type == FormFieldType.LongText ? 20_000 : 1_000;

    /// <inheritdoc/>
    public bool Equals(FormField? other) => other is not null
        && (Key, Label, Type, Required, Hint, Longest) ==
            (other.Key, other.Label, other.Type, other.Required, other.Hint, other.Longest)
        && Choices.SequenceEqual(other.Choices);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Key, Label, Type, Required, Hint, Longest, Choices.Count);
}

/// <summary>What may stand in a field of a form.</summary>
public enum FormFieldType
{
    /// <summary>One line.</summary>
    Text,

    /// <summary>Several lines.</summary>
    LongText,

    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>A telephone number.</summary>
    Phone,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A day.</summary>
    Date,

    /// <summary>One of the choices.</summary>
    Choice,

    /// <summary>Yes or no, such as a consent.</summary>
    Checkbox,
}
