namespace WorkflowStudio.Engine.Model;

/// <summary>
/// The names of events, such as <c>contact-created</c> or <c>invoice.paid</c>. A name means itself: there are no patterns.
/// </summary>
public static class EventName
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxLength = 120;

    /// <summary>What every name is made of.</summary>
    public const string Rule = "letters, digits and . _ - : /";

    /// <summary>Whether this can be the name of an event; how long it is, is not looked at.</summary>
    public static bool IsWellFormed(string name) =>
        name.Length > 0 && name.All(c => char.IsLetterOrDigit(c) || c is '.' or '_' or '-' or ':' or '/');

    /// <summary>The signal that steps wait for when they wait for this event.</summary>
    public static string Signal(string name) => "event:" + name;
}
