using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Operations.Workflows;

/// <summary>The rules for a workflow's names.</summary>
internal static class WorkflowText
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxName = 255;

    /// <summary>The longest description, in characters.</summary>
    public const int MaxDescription = 2_000;

    private const int MaxSlug = 60;

    /// <summary>What is wrong with name and description.</summary>
    public static IEnumerable<WorkflowProblem> Problems(string? name, string? description)
    {
        if (string.IsNullOrWhiteSpace(name))
            yield return WorkflowProblem.Error(
                WorkflowProblemCodes.MissingName, "name", null, "The workflow has no name. Give it one, so that people find it.");
        else if (ShownText.Length(name.Trim()) > MaxName)
            yield return WorkflowProblem.Error(WorkflowProblemCodes.NameTooLong, "name", null,
                $"The name has {ShownText.Length(name.Trim())} characters, at most {MaxName} are possible.");
        else if (name.Any(char.IsControl))
            yield return WorkflowProblem.Error(
                WorkflowProblemCodes.InvalidName, "name", null, "The name holds line breaks or other control characters. Remove them.");
        if (description is not null && ShownText.Length(description) > MaxDescription)
            yield return WorkflowProblem.Error("description_too_long", "description", null,
                $"The description has {ShownText.Length(description)} characters, at most {MaxDescription} are possible.");
    }

    /// <summary>Whether it keeps even a draft from being stored: what is too large, no editor can open.</summary>
    public static bool NotEvenAsDraft(WorkflowProblem problem) =>
        problem.Code is WorkflowProblemCodes.TooManyNodes or WorkflowProblemCodes.TooManyLinks or WorkflowProblemCodes.NameTooLong;

    /// <summary>
    /// The name in addresses: lower-case Latin letters, digits and dashes; <c>workflow</c> when nothing is left (docs/decisions.md,
    /// "Names").
    /// </summary>
    public static string Slug(string name) => SlugText.Of(name, MaxSlug) is { Length: > 0 } slug ? slug : "workflow";
}
