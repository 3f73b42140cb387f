using Microsoft.Extensions.Logging;

namespace WorkflowStudio.Engine.Diagnostics;

/// <summary>What the engine writes into the server's log. Never data of clients, never secrets.</summary>
internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Error, "A step of type {Type} ({NodeId}) of run {RunId} threw; it is recorded as failed")]
    public static partial void StepBroke(ILogger logger, string type, string nodeId, Guid runId, Exception exception);

    [LoggerMessage(1002, LogLevel.Error, "Run {RunId} could not be worked on; it is tried again at {Until}")]
    public static partial void RunUnreadable(ILogger logger, Guid runId, DateTimeOffset until, Exception exception);

    [LoggerMessage(1021, LogLevel.Error, "Run {RunId} is paused until somebody looks at it ({Code}): {Reason}")]
    public static partial void RunSetAside(ILogger logger, Guid runId, string code, string reason, Exception? exception);

    [LoggerMessage(1003, LogLevel.Debug, "Shard {Shard} is owned with epoch {Epoch}")]
    public static partial void ShardClaimed(ILogger logger, int shard, long epoch);

    [LoggerMessage(1004, LogLevel.Warning, "Shard {Shard} has a newer owner; this node stops working on it")]
    public static partial void ShardLost(ILogger logger, int shard);

    [LoggerMessage(1005, LogLevel.Error, "The pump of shard {Shard} met an error and goes on")]
    public static partial void PumpFailed(ILogger logger, int shard, Exception exception);

    [LoggerMessage(1007, LogLevel.Error, "A commit of {Count} pieces of work failed; they are done again one by one")]
    public static partial void BatchFailed(ILogger logger, int count, Exception exception);

    [LoggerMessage(1008, LogLevel.Error, "Something that follows a commit failed; the commit stands")]
    public static partial void AfterCommitFailed(ILogger logger, Exception exception);

    [LoggerMessage(1010, LogLevel.Error, "A transaction could not be undone; the connection is opened anew")]
    public static partial void RollbackFailed(ILogger logger, Exception exception);

    [LoggerMessage(1022, LogLevel.Warning, "{Count} runs have been due for more than {Minutes} minutes and nobody works on them")]
    public static partial void RunsAreStuck(ILogger logger, int count, double minutes);

    [LoggerMessage(1020, LogLevel.Error, "Run {RunId} failed, and its error workflow {Workflow} could not be started: {Reason}")]
    public static partial void ErrorWorkflowRefused(ILogger logger, Guid runId, string workflow, string reason);

    [LoggerMessage(1014, LogLevel.Warning, "The database was away while run {RunId} was worked on; it is read again")]
    public static partial void StoreAway(ILogger logger, Guid runId, Exception exception);

    [LoggerMessage(1018, LogLevel.Error,
        "Nothing can be written to {Place}: {Fault}. Nothing that was answered is lost; it is tried again until it can be")]
    public static partial void StoreUnwritable(ILogger logger, string place, string fault);

    [LoggerMessage(1019, LogLevel.Warning, "The database can be written again")]
    public static partial void StoreWritableAgain(ILogger logger);

    [LoggerMessage(1015, LogLevel.Warning, "The nodes could not be looked at; what this node holds it keeps")]
    public static partial void SharingFailed(ILogger logger, Exception exception);

    [LoggerMessage(1016, LogLevel.Warning, "The connection to the other nodes was lost; it is opened anew")]
    public static partial void LinkFailed(ILogger logger, Exception exception);

    [LoggerMessage(1017, LogLevel.Warning, "What another node has recorded could not be read; open pages read it again")]
    public static partial void EntriesOfOthersFailed(ILogger logger, Exception exception);

    [LoggerMessage(
        1009, LogLevel.Information, "Housekeeping removed {Answers} stored answers and {Requests} requests to runs that are over")]
    public static partial void HousekeepingDone(ILogger logger, int answers, int requests);

    [LoggerMessage(1011, LogLevel.Information, "Retention deleted {Deleted} runs, packed {Packed} ({Before} bytes of entries into {After}) "
        + "and gave {Pages} pages back; longest transaction {Milliseconds} ms; {Rest}")]
    public static partial void RetentionDone(
        ILogger logger, int deleted, int packed, long before, long after, long pages, double milliseconds, string rest);

    [LoggerMessage(1012, LogLevel.Error, "Run {RunId} could not be packed; its journal stays as it is")]
    public static partial void PackingFailed(ILogger logger, Guid runId, Exception exception);

    [LoggerMessage(1101, LogLevel.Warning, "Schedule {ScheduleId} missed {Count} occurrences that start nothing, as its setting says")]
    public static partial void OccurrencesSkipped(ILogger logger, Guid scheduleId, int count);

    [LoggerMessage(1102, LogLevel.Error, "The run of schedule {ScheduleId} for {Occurrence} could not be started; the schedule goes on")]
    public static partial void OccurrenceFailed(ILogger logger, Guid scheduleId, DateTimeOffset occurrence, Exception exception);

    [LoggerMessage(1103, LogLevel.Error, "The schedule of workflow {WorkflowId} cannot be brought in step with it")]
    public static partial void ScheduleUnreadable(ILogger logger, Guid workflowId, Exception exception);

    [LoggerMessage(1104, LogLevel.Error, "A look at the schedules failed; it is repeated")]
    public static partial void ScheduleWatchFailed(ILogger logger, Exception exception);

    [LoggerMessage(1110, LogLevel.Error, "The process that runs scripts could not be started: {Why}")]
    public static partial void NoScriptProcess(ILogger logger, string why);

    [LoggerMessage(1111, LogLevel.Error, "Giving a script to its process failed")]
    public static partial void ScriptBroke(ILogger logger, Exception exception);

    [LoggerMessage(1201, LogLevel.Error, "A look for deliveries to endpoints failed; it is repeated")]
    public static partial void CourierFailed(ILogger logger, Exception exception);

    [LoggerMessage(1202, LogLevel.Error, "A delivery to endpoint {EndpointId} could not be made or noted; it is tried again in a minute")]
    public static partial void DeliveryFailed(ILogger logger, Guid endpointId, Exception exception);

    [LoggerMessage(1105, LogLevel.Warning, "The clock was set by {By}; schedules and housekeeping follow it")]
    public static partial void ClockJumped(ILogger logger, TimeSpan by);

    [LoggerMessage(1301, LogLevel.Warning, "The mailbox of workspace {WorkspaceId} cannot be read ({Code}); it is tried again")]
    public static partial void MailboxUnreadable(ILogger logger, Guid workspaceId, string code);

    [LoggerMessage(1302, LogLevel.Error, "Reading the mailbox of workspace {WorkspaceId} met an error; it is tried again")]
    public static partial void MailboxBroke(ILogger logger, Guid workspaceId, Exception exception);

    [LoggerMessage(1303, LogLevel.Warning, "Mail {Uid} of the mailbox of workspace {WorkspaceId} cannot be read and is left out")]
    public static partial void MailSkipped(ILogger logger, Guid workspaceId, uint uid);

    [LoggerMessage(1304, LogLevel.Error, "A look for mailboxes failed; it is repeated")]
    public static partial void MailboxWatchFailed(ILogger logger, Exception exception);
}
