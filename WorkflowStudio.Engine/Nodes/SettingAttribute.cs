namespace WorkflowStudio.Engine.Nodes;

/// <summary>
/// Describes a property of a settings or output record for forms, checks and docs. The default is the property's initial value, or
/// <see cref="Default"/> where that cannot say it.
/// </summary>
/// <param name="title">The label, sentence case.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SettingAttribute(string title) : Attribute
{
    /// <summary>The label, sentence case.</summary>
    public string Title { get; } = title;

    /// <summary>A hint of one sentence.</summary>
    public string Description { get; init; } = "";

    /// <summary>The smallest number, length of text or count of entries; not a number means none.</summary>
    public double Min { get; init; } = double.NaN;

    /// <summary>The largest number, length of text or count of entries; not a number means none.</summary>
    public double Max { get; init; } = double.NaN;

    /// <summary>The value when none is given; wins over the property's initial value.</summary>
    public object? Default { get; init; }

    /// <summary>The values that may be chosen, each <c>value</c> or <c>value=Title</c>. For an enum only the titles are taken.</summary>
    public string[] Choices { get; init; } = [];

    /// <summary>How a form shows it.</summary>
    public FieldEditor Editor { get; init; }

    /// <summary>The unit behind a number: <c>hours</c>.</summary>
    public string? Unit { get; init; }

    /// <summary>Whether the step cannot run without it; the keyword <c>required</c> says the same.</summary>
    public bool Required { get; init; }

    /// <summary>
    /// Whether its value must not be shown: expressions may not lead it into messages or the log, and it is masked wherever it is recorded.
    /// </summary>
    public bool Secret { get; init; }

    /// <summary>Whether the step writes its value where everybody who may see runs reads it: the log, the reason of a failure.</summary>
    public bool Logged { get; init; }

    /// <summary>
    /// The kind of what it names outside of the workflow (<see cref="Model.OutsideName"/>): a form offers those there are, and a name that
    /// is not there is warned of. Null when it names nothing.
    /// </summary>
    public string? Names { get; init; }

    /// <summary>Whether a value of any kind has to be a list once its expressions are resolved.</summary>
    public bool IsList { get; init; }

    /// <summary>Whether its text is taken as it is written, so that no braces in it are expressions.</summary>
    public bool Verbatim { get; init; }

    /// <summary>Whether it belongs under "More" in forms.</summary>
    public bool Advanced { get; init; }

    /// <summary>When a form shows it: <c>mode=until</c> or <c>mode=until|for</c> of another setting beside it; null means always.</summary>
    public string? When { get; init; }
}
