using Microsoft.AspNetCore.WebUtilities;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio;

/// <summary>
/// The addresses of the pages behind the sign-in. All are below <see cref="Home"/>: what is below <c>/api</c> and <c>/workflows</c> is the
/// APIs'. What people without an account open has short addresses of its own (<c>/sign-in</c>, <c>/i/…</c>, <c>/approvals/…</c>,
/// <c>/forms/…</c>).
/// </summary>
internal static class StudioUrls
{
    public const string Home = "/studio";
    public const string Workflows = Home + "/workflows";
    public const string Templates = Home + "/templates";
    public const string EditorPage = Workflows + "/{Id}/editor";
    public const string TriggerLogPage = Workflows + "/{Id}/trigger-log";
    public const string Runs = Home + "/runs";
    public const string RunPage = Runs + "/{Key}";
    public const string Schedules = Home + "/schedules";
    public const string Calendar = Home + "/calendar";
    public const string AppointmentTypes = Calendar + "/types";
    public const string OpeningHours = Calendar + "/hours";
    public const string Contacts = Home + "/contacts";
    public const string Properties = Home + "/properties";
    public const string RecordFiles = Home + "/files/{table}.csv";
    public const string Forms = Home + "/forms";
    public const string FormPage = Forms + "/{Id}";
    public const string SubmissionFiles = Forms + "/{id}/submissions.csv";
    public const string Invoices = Home + "/invoices";
    public const string InvoiceFiles = Home + "/invoices.csv";
    public const string Approvals = Home + "/approvals";
    public const string Notifications = Home + "/notifications";
    public const string Outbox = Home + "/outbox";
    public const string Inbox = Home + "/inbox";
    public const string Documents = Home + "/documents";
    public const string DocumentFiles = Documents + "/{id:guid}/content";
    public const string Connections = Home + "/connections";
    public const string Keys = Home + "/keys";
    public const string People = Home + "/people";
    public const string Audit = Home + "/audit";
    public const string Account = Home + "/account";

    /// <summary>The page behind the link of an invitation.</summary>
    public const string Join = "/account/join";

    /// <summary>The page behind a link for a new password.</summary>
    public const string NewPassword = "/account/new-password";

    /// <summary>What the API takes and answers, for everybody.</summary>
    public const string Reference = "/reference";

    public const string WaitingRuns = Runs + "?status=waiting";
    public const string FailedRuns = Runs + "?status=failed";

    /// <summary>The link of an invitation.</summary>
    public static string JoinBy(string token) => $"{Join}?token={token}";

    /// <summary>The link for a new password.</summary>
    public static string NewPasswordBy(string token) => $"{NewPassword}?token={token}";

    /// <summary>A workflow in the editor.</summary>
    public static string Editor(Guid workflow) => $"{Workflows}/{ShownId.Workflow(workflow)}/editor";

    /// <summary>What arrived for a workflow, and what came of it.</summary>
    public static string TriggerLog(Guid workflow) => $"{Workflows}/{ShownId.Workflow(workflow)}/trigger-log";

    /// <summary>A run.</summary>
    public static string Run(Guid run) => $"{Runs}/{ShownId.Run(run)}";

    /// <summary>What a page of practice data shows, as a file.</summary>
    public static string RecordFile(string table, string? search, string? filter) => QueryHelpers.AddQueryString(
        RecordFiles.Replace("{table}", table, StringComparison.Ordinal),
        new Dictionary<string, string?> { ["q"] = search, ["filter"] = filter }.Where(p => p.Value is not null));

    /// <summary>What is in a document, as a file.</summary>
    public static string DocumentFile(Guid document) => $"{Documents}/{document}/content";

    /// <summary>A form, where it is made.</summary>
    public static string Form(Guid form) => $"{Forms}/{form}";

    /// <summary>What was sent by a form.</summary>
    public static string InvoiceFile(string? status, string? text) => QueryHelpers.AddQueryString(
        InvoiceFiles, new Dictionary<string, string?> { ["status"] = status, ["q"] = text }.Where(p => p.Value is not null));

    public static string Submissions(Guid form) => $"{Form(form)}?view=submissions";

    /// <summary>The same as a file.</summary>
    public static string SubmissionFile(Guid form) => $"{Form(form)}/submissions.csv";

    /// <summary>The runs of a workflow.</summary>
    public static string RunsOf(Guid workflow) => $"{Runs}?workflow={ShownId.Workflow(workflow)}";

    /// <summary>The failed runs of a workflow.</summary>
    public static string FailedRunsOf(Guid workflow) => $"{FailedRuns}&workflow={ShownId.Workflow(workflow)}";
}
