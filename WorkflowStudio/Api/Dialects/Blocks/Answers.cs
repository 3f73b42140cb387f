using System.Globalization;
using System.Text.Json.Nodes;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage.Queries;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Api.Dialects.Blocks;

/// <summary>The answers of this dialect.</summary>
internal static class BlocksAnswers
{
    public const string Automatic = "automatic";
    public const string Manual = "manual";
    public const string Scheduled = "scheduled";

    /// <summary>A version: the newest of its workflow.</summary>
    public static ApiAnswer Version(DefinedWorkflow workflow, IStepTypes types, string baseUrl, int status = StatusCodes.Status200OK) =>
        new(status, BlocksNodes.Utf8(Of(workflow, types, baseUrl)).ToArray()) { Tag = workflow.Tag };

    public static ApiAnswer Page(WorkflowPage<DefinedWorkflow> found, int page, int limit, IStepTypes types, string baseUrl) =>
        Page("workflows", found.Items.Select(w => Of(w, types, baseUrl)), found.Total, page, limit);

    public static ApiAnswer Runs(IEnumerable<RunListRow> runs, int total, int page, int limit) =>
        Page("runs", runs.Select(Of), total, page, limit);

    public static ApiAnswer Run(RunListRow run) => Plain(StatusCodes.Status200OK, Of(run));

    /// <summary>A run that was accepted.</summary>
    public static ApiAnswer Started(Guid workflowId, StartedRun run) => Plain(StatusCodes.Status202Accepted, new JsonObject
    {
        ["id"] = run.RunId.ToString(),
        ["workflow_id"] = run.VersionSerial,
        ["status"] = "idle",
        ["trigger_cause"] = Manual,
        ["duration_in_seconds"] = null,
        ["run_started_at"] = null,
        ["run_ended_at"] = null,
        ["is_test_run"] = false,
        ["created_at"] = Time(run.At),
    }) with
    { Location = $"/workflows/{workflowId}/runs/{run.RunId}" };

    /// <summary>What a check found.</summary>
    public static ApiAnswer Checked(IReadOnlyList<BlockIssue> issues, IReadOnlyList<string> types) =>
        Plain(StatusCodes.Status200OK, new JsonObject
        {
            ["valid"] = issues.Count == 0,
            ["issues"] = new JsonArray([.. issues.Select(i => new JsonObject { ["step_id"] = i.StepId, ["message"] = i.Message })]),
            ["action_types_used"] = new JsonArray([.. types.Select(t => JsonValue.Create(t))]),
        });

    public static ApiAnswer Plain(int status, JsonNode body) => new(status, BlocksNodes.Utf8(body).ToArray());

    private static ApiAnswer Page(string name, IEnumerable<JsonObject> items, int total, int page, int limit)
    {
        var pages = (int)((total + (long)limit - 1) / limit);
        return Plain(StatusCodes.Status200OK, new JsonObject
        {
            [name] = new JsonArray([.. items]),
            ["total_items"] = total,
            ["total_pages"] = pages,
            ["has_next_page"] = page < pages,
            ["current_page"] = page,
        });
    }

    private static JsonObject Of(DefinedWorkflow item, IStepTypes types, string baseUrl)
    {
        var (workflow, definition) = item;
        var blocks = BlocksWriter.Write(definition, types, out var why);
        var version = new JsonObject
        {
            ["id"] = workflow.Serials.Newest ?? 0, // a draft of the studio has no version yet
            ["workflow_id"] = workflow.Id.ToString(),
            ["name"] = workflow.Name,
            ["description"] = workflow.Description.Length > 0 ? workflow.Description : null,
            ["is_active"] = workflow.Status == WorkflowStatus.Active && workflow.Serials.Active == workflow.Serials.Newest,
            ["trigger_type"] = BlocksTriggers.TypeOf(definition.Trigger),
            ["version_number"] = workflow.NewestVersion,
            ["created_at"] = Time(workflow.CreatedAt),
            ["updated_at"] = Time(workflow.UpdatedAt),
            ["workflow_blocks"] = blocks,
            ["trigger_configuration"] = BlocksTriggers.Configuration(definition),
            ["trigger_constraints"] = definition.Trigger.Constraints.ToNode(),
            ["webhook_url"] = definition.Trigger.Type == BlocksTriggers.Webhook
                ? $"{baseUrl}/api/v1/webhooks/{ShownId.Workflow(workflow.Id)}"
                : null,
        };
        if (blocks is null) version["workflow_blocks_missing"] = why;
        if (definition.Settings != WorkflowSettings.None) version["settings"] = BlocksTranslator.Settings(definition);
        return version;
    }

    private static JsonObject Of(RunListRow run)
    {
        var answer = new JsonObject
        {
            ["id"] = run.Id.ToString(),
            ["workflow_id"] = run.VersionSerial,
            ["status"] = Word(run.Status),
            ["trigger_cause"] = Cause(run.Cause),
            ["duration_in_seconds"] = run.FinishedAt is { } end ? Math.Round((end - run.CreatedAt).TotalSeconds, 3) : null,
            ["run_started_at"] = run.Status == RunStatus.Queued ? null : Time(run.CreatedAt),
            ["run_ended_at"] = run.FinishedAt is { } ended ? Time(ended) : null,
            ["is_test_run"] = run.IsTest,
            ["created_at"] = Time(run.CreatedAt),
        };
        if (run.ErrorCode is { } code) answer["error"] = new JsonObject { ["code"] = code, ["message"] = run.ErrorMessage };
        return answer;
    }

    /// <summary>The word for a status.</summary>
    public static string Word(RunStatus status) => status switch
    {
        RunStatus.Queued => "idle",
        RunStatus.Done => "completed",
        RunStatus.Failed => "failed",
        RunStatus.Canceled => "canceled",
        _ => "in_progress",
    };

    private static string Cause(string cause) => cause switch
    {
        "schedule" => Scheduled,
        "manual" or "api" or "retry" => Manual,
        _ => Automatic,
    };

    // whole seconds, UTC
    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
