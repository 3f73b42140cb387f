using System.Text.Json;

namespace WorkflowStudio.Engine.Nodes;

/// <summary>The fields of a step's settings or of its output: the one source for forms, checks, completion, catalog and docs.</summary>
/// <param name="Fields">The fields in the order in which people should meet them.</param>
public sealed record NodeSchema(IReadOnlyList<SchemaField> Fields)
{
    /// <summary>Whether a field, or one inside of it, is secret.</summary>
    public bool HoldsSecrets { get; } = Fields.Any(f => f.Secret || f.Fields is { HoldsSecrets: true });

    /// <summary>The names of the fields whose text holds no expressions, whatever it looks like.</summary>
    public IReadOnlyList<string> Verbatim { get; } = [.. Fields.Where(f => f.Verbatim).Select(f => f.Name)];

    /// <summary>No fields.</summary>
    public static NodeSchema None { get; } = new([]);

    /// <summary>The field of this name, or null.</summary>
    public SchemaField? Field(string name) => Fields.FirstOrDefault(f => f.Name == name);
}

/// <summary>One field.</summary>
public sealed record SchemaField
{
    /// <summary>The name on the wire, snake_case.</summary>
    public required string Name { get; init; }

    /// <summary>The label in forms, sentence case.</summary>
    public required string Title { get; init; }

    /// <summary>A hint of one sentence below the field.</summary>
    public string Description { get; init; } = "";

    /// <summary>The kind of value.</summary>
    public required FieldKind Kind { get; init; }

    /// <summary>Whether the step cannot run without it.</summary>
    public bool Required { get; init; }

    /// <summary>The value that is used when none is given; undefined when there is none.</summary>
    public JsonElement Default { get; init; }

    /// <summary>The smallest number, length or count; null when there is none.</summary>
    public decimal? Min { get; init; }

    /// <summary>The largest number, length or count; null when there is none.</summary>
    public decimal? Max { get; init; }

    /// <summary>The values that may be chosen; empty when any will do.</summary>
    public IReadOnlyList<FieldChoice> Choices { get; init; } = [];

    /// <summary>How a form shows it.</summary>
    public FieldEditor Editor { get; init; }

    /// <summary>The unit behind a number, for example <c>hours</c>.</summary>
    public string? Unit { get; init; }

    /// <summary>The fields of an object, or of the items of a list of objects.</summary>
    public NodeSchema? Fields { get; init; }

    /// <summary>The kind of a list's items, or of a map's values.</summary>
    public FieldKind? Items { get; init; }

    /// <summary>
    /// Whether its value must not be shown: expressions may not lead it into messages or the log, and it is masked wherever it is recorded.
    /// </summary>
    public bool Secret { get; init; }

    /// <summary>
    /// Whether the step writes its value where everybody who may see runs reads it: the log, the reason of a failure. Expressions may not
    /// lead a secret into it.
    /// </summary>
    public bool Logged { get; init; }

    /// <summary>
    /// The kind of what it names outside of the workflow, so that a form can offer those there are (<see cref="Model.OutsideName"/>); null
    /// when it names nothing.
    /// </summary>
    public string? Names { get; init; }

    /// <summary>Whether its value, of any kind as stored, has to be a list once its expressions are resolved.</summary>
    public bool IsList { get; init; }

    /// <summary>
    /// Whether its text is taken as it is written, so that no braces in it are expressions: a program, for example. Fields of settings
    /// alone, not those inside of others.
    /// </summary>
    public bool Verbatim { get; init; }

    /// <summary>Whether the field belongs under "More" in forms: seldom changed.</summary>
    public bool Advanced { get; init; }

    /// <summary>When a form shows it; null means always.</summary>
    public FieldWhen? When { get; init; }
}

/// <summary>A field is shown while another one beside it has one of these values.</summary>
public sealed record FieldWhen(string Field, IReadOnlyList<string> Values);

/// <summary>A value that may be chosen.</summary>
public sealed record FieldChoice(string Value, string Title);

/// <summary>The kinds of values.</summary>
public enum FieldKind
{
    /// <summary>Text, in settings with expressions.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Yes or no.</summary>
    Boolean,

    /// <summary>A date and time, ISO 8601.</summary>
    DateTime,

    /// <summary>A list; see <see cref="SchemaField.Items"/>.</summary>
    List,

    /// <summary>An object with known fields.</summary>
    Object,

    /// <summary>An object with free keys; see <see cref="SchemaField.Items"/> for its values.</summary>
    Map,

    /// <summary>Any JSON value.</summary>
    Any,
}

/// <summary>How a form shows a field.</summary>
public enum FieldEditor
{
    /// <summary>As the kind suggests.</summary>
    Auto,

    /// <summary>Several lines.</summary>
    MultiLine,

    /// <summary>A message to a client: several lines, a preview and its length.</summary>
    Message,
}
