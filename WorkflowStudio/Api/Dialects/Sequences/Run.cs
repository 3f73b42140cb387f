using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Api.Dialects.Sequences;

/// <summary>A run in the words of this dialect.</summary>
internal static class SequencesRun
{
    /// <summary>Every word that a list can be narrowed to, for a message.</summary>
    public const string InWords = "active, pending, running, paused, completed, cancelled, failed";

    /// <summary>A run that was started.</summary>
    public static void Write(Utf8JsonWriter w, ContactRun run)
    {
        w.WriteString("id", ShownId.Run(run.Run.RunId));
        w.WriteString("workflowTemplateId", ShownId.Workflow(run.WorkflowId));
        w.WriteString("contactId", run.ContactId);
        w.WriteString("status", "active");
        w.WriteNumber("currentStep", 0);
        w.WriteNumber("totalSteps", run.Steps);
        w.WriteString("startedAt", SequencesJson.Time(run.Run.At));
    }

    /// <summary>A run as it stands.</summary>
    public static void Write(Utf8JsonWriter w, DialectRun one)
    {
        var run = one.Run;
        w.WriteString("id", ShownId.Run(run.Id));
        w.WriteString("workflowTemplateId", ShownId.Workflow(run.WorkflowId));
        w.WriteString("templateName", run.WorkflowName);
        if (run.ContactId is { } contact) w.WriteString("contactId", contact);
        else w.WriteNull("contactId");
        w.WriteString("status", WordOf(run.Status));
        w.WriteNumber("currentStep", run.Status == RunStatus.Done ? one.Steps : Math.Clamp(one.StepsDone, 0, one.Steps));
        w.WriteNumber("totalSteps", one.Steps);
        w.WriteString("startedAt", SequencesJson.Time(run.CreatedAt));
        w.WriteString("completedAt", run.FinishedAt is { } ended ? SequencesJson.Time(ended) : null);
        if (run.ErrorCode is not null) w.WriteString("exitReason", run.ErrorMessage ?? run.ErrorCode);
    }

    /// <summary>The statuses that a word stands for; empty for no word.</summary>
    public static IReadOnlyList<RunStatus> StatusesOf(string? word) => word switch
    {
        "active" => [RunStatus.Queued, RunStatus.Running, RunStatus.Waiting],
        "pending" => [RunStatus.Queued],
        "running" => [RunStatus.Running, RunStatus.Waiting],
        "paused" => [RunStatus.Paused],
        "completed" => [RunStatus.Done],
        "cancelled" or "canceled" => [RunStatus.Canceled],
        "failed" => [RunStatus.Failed],
        _ => [],
    };

    private static string WordOf(RunStatus status) => status switch
    {
        RunStatus.Paused => "paused",
        RunStatus.Done => "completed",
        RunStatus.Failed => "failed",
        RunStatus.Canceled => "cancelled",
        _ => "active",
    };
}
