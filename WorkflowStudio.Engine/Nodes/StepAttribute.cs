using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Nodes;

/// <summary>
/// What is so of every step of a type, whatever its settings: said once, on the class of the type. Palette, form, checks, catalog and
/// docs/nodes.md have it from there.
/// </summary>
/// <param name="type">The name on the wire, for example <c>appointment_booking</c>: small letters, digits and _.</param>
/// <param name="title">What people call it, at most 20 characters: "Booking".</param>
/// <param name="group">The group of the palette. Nothing but the palette and colours go by it.</param>
/// <param name="icon">The name of a Material Symbol.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed partial class StepAttribute(string type, string title, NodeGroup group, string icon) : Attribute
{
    /// <summary>The longest title, in characters.</summary>
    public const int LongestTitle = 20;

    /// <summary>The name on the wire.</summary>
    public string Type { get; } = type;

    /// <summary>What people call it.</summary>
    public string Title { get; } = title;

    /// <summary>The group of the palette.</summary>
    public NodeGroup Group { get; } = group;

    /// <summary>The name of a Material Symbol.</summary>
    public string Icon { get; } = icon;

    /// <summary>What it does, in sentences.</summary>
    public required string Does { get; init; }

    /// <summary>Settings of a working step, an object of JSON: shown in docs and in empty fields of forms.</summary>
    public required string Example { get; init; }

    /// <summary>
    /// The output ports, each labelled with its name; the first is taken when a link names none. Left out, there is one, <c>out</c>; empty,
    /// the run ends at the step.
    /// </summary>
    public string[]? Ports { get; init; }

    /// <summary>Whether a call changes something outside the journal, so that its start is made durable first.</summary>
    public bool HasOutsideEffect { get; init; }

    /// <summary>Whether the step can return <see cref="NodeOutcome.Waiting"/>.</summary>
    public bool Waits { get; init; }

    /// <summary>Whether a step that is done has written to somebody: it is a message of the run, and its settings go to others.</summary>
    public bool SendsMessage { get; init; }

    /// <summary>Whether what its settings give can stand in its output: then a secret among them stays one.</summary>
    public bool HandsOn { get; init; }

    /// <summary>Whether it runs programs that people write, which a workspace has to allow.</summary>
    public bool RunsCode { get; init; }

    /// <summary>The attribute of a class.</summary>
    /// <exception cref="InvalidOperationException">There is none, or it says what cannot be.</exception>
    internal static StepAttribute Of(Type stepType) => stepType.GetCustomAttribute<StepAttribute>()?.For(stepType)
        ?? throw new InvalidOperationException(
            $"Reading the step type {stepType.Name}: its class has no [Step] that says its name, title, group, icon, "
            + "what it does and an example.");

    /// <summary>These facts, for a class.</summary>
    /// <exception cref="InvalidOperationException">They cannot be.</exception>
    internal StepAttribute For(Type stepType) =>
        Problem() is { } problem ? throw new InvalidOperationException($"Reading the step type {stepType.Name}: {problem}.") : this;

    // why no step type can be so; null when one can
    private string? Problem()
    {
        if (!Name().IsMatch(Type)) return $"the name “{Type}” must be small letters, digits and _, a letter first";
        if (Title.Trim().Length is 0 or > LongestTitle) return $"the title “{Title}” must have 1 to {LongestTitle} characters";
        if (string.IsNullOrWhiteSpace(Does)) return "Does must say what it does";
        if (string.IsNullOrWhiteSpace(Icon)) return "the icon must name a Material Symbol";
        if (Ports?.FirstOrDefault(p => p is "" or WorkflowNode.ErrorPort or NodePort.All || Ports.Count(q => q == p) > 1) is { } port)
            return $"the port “{port}” is empty, reserved or named twice";
        return IsObject(Example) ? null : "the example must be an object of JSON";
    }

    private static bool IsObject(string json)
    {
        try
        {
            return JsonElement.Parse(json).ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9_]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
