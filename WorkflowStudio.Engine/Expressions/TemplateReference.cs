namespace WorkflowStudio.Engine.Expressions;

/// <summary>What a path begins at.</summary>
public enum ReferenceRoot
{
    /// <summary>The data that started the run: <c>$initialPayload</c>, <c>trigger</c>, <c>trigger.output</c>.</summary>
    Payload,

    /// <summary>The output of a step: <c>$node.ID</c>, <c>$node["ID"]</c>, <c>ID.output</c>.</summary>
    Step,

    /// <summary>A value of the surroundings: <c>$run</c>, <c>$now</c>, <c>$google_review_url</c> …</summary>
    Ambient,

    /// <summary>A bare field: in the newest output that has it, then in the payload.</summary>
    Field,
}

/// <summary>One reference of a template, for checks before anything runs.</summary>
/// <param name="Root">What it begins at.</param>
/// <param name="Name">The step's id, the ambient name with its dollar sign, or the bare field; null for the payload.</param>
/// <param name="Field">The first field below the root when it is a name; null when the root itself is meant.</param>
/// <param name="Position">Where it begins in the template's text, in characters from 0.</param>
/// <param name="Text">The reference as written.</param>
public sealed record TemplateReference(ReferenceRoot Root, string? Name, string? Field, int Position, string Text);
