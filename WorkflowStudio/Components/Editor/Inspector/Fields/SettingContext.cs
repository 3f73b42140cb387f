using Microsoft.AspNetCore.Components;
using WorkflowStudio.Components.Editor.Document;
using WorkflowStudio.Components.Editor.Values;
using WorkflowStudio.Operations.Editing;

namespace WorkflowStudio.Components.Editor.Inspector.Fields;

/// <summary>What the fields of one step's form share.</summary>
internal sealed record SettingContext
{
    /// <summary>A form that knows nothing around it.</summary>
    public static SettingContext None { get; } = new();

    /// <summary>The step, or the start.</summary>
    public string StepId { get; init; } = "";

    /// <summary>Whether texts may hold expressions: not in the start, which runs before there are values.</summary>
    public bool Expressions { get; init; } = true;

    /// <summary>Whether messages of this step go out as SMS, whose length is counted.</summary>
    public bool Sms { get; init; }

    /// <summary>What expressions may name.</summary>
    public IReadOnlyList<KnownValue> Values { get; init; } = [];

    /// <summary>The last run; null before the first.</summary>
    public RunSample? Sample { get; init; }

    /// <summary>What can be chosen that lies outside of the workflow.</summary>
    public OutsideChoices Outside { get; init; } = OutsideChoices.None;

    /// <summary>The problems of this step.</summary>
    public IReadOnlyList<StepProblem> Problems { get; init; } = [];

    /// <summary>The words of the fix of a problem, or null.</summary>
    public Func<StepProblem, string?> FixOf { get; init; } = _ => null;

    /// <summary>Applies the fix.</summary>
    public EventCallback<StepProblem> OnFix { get; init; }

    /// <summary>The problem of the setting at this place, errors first.</summary>
    public StepProblem? ProblemAt(string path) => Problems.FirstOrDefault(p => p.Setting == path);

    /// <summary>The id of the field at this place.</summary>
    public string IdOf(string path) => $"setting-{StepId}-{string.Concat(path.Select(c => char.IsAsciiLetterOrDigit(c) || c == '_' ? c : '-'))}";
}
