namespace WorkflowStudio.Engine.Expressions;

/// <summary>
/// The ambient values that steps' settings may name; a step type can add its own. Their types are in <see cref="Types.AmbientTypes"/>.
/// </summary>
public static class AmbientNames
{
    /// <summary>The run: <c>id</c>, <c>started_at</c>, <c>time_zone</c>.</summary>
    public const string Run = "$run";

    /// <summary>The workflow: <c>id</c>, <c>name</c>.</summary>
    public const string Workflow = "$workflow";

    /// <summary>
    /// The workspace: <c>name</c>, <c>phone</c>, <c>address</c>, <c>time_zone</c>, <c>business_hours</c>, <c>single_days</c>.
    /// </summary>
    public const string Workspace = "$workspace";

    /// <summary>The time of the call, ISO 8601 in the zone of the run.</summary>
    public const string Now = "$now";

    /// <summary>The variables of the workflow's settings.</summary>
    public const string Variables = "$vars";

    /// <summary>The item, inside a step that runs others for each.</summary>
    public const string Item = "$item";

    /// <summary>The number of the item from 0, inside a step that runs others for each.</summary>
    public const string Index = "$index";

    /// <summary>The invoice, in messages about one: <c>number</c>, <c>total</c>, <c>due_date</c>, <c>url</c> …</summary>
    public const string Invoice = "$invoice";

    /// <summary>Who is to pay it, in messages about an invoice: <c>first_name</c>, <c>name</c>, <c>email</c>, <c>phone</c> …</summary>
    public const string Contact = "$contact";

    /// <summary>Those that every step may name.</summary>
    public static IReadOnlyList<string> All { get; } = [Run, Workflow, Workspace, Now, Variables];
}
