using WorkflowStudio.Engine.Practice.Notifications;
using WorkflowStudio.Engine.Practice.Tables;
using WorkflowStudio.Engine.Runtime.Answers;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Operations.Practice;

/// <summary>Tells the practice something by hand, and removes what was told.</summary>
public sealed class ChangeNotifications(NotificationDesk desk, WorkflowAccess access)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageData;

    private const int LongestAudience = 320;

    /// <summary>Tells the practice something.</summary>
    public async Task<Result<Notification>> AddAsync(
        Caller caller, NewNotification said, Func<Notification, KeptAnswer?>? answer, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refusal) return refusal;
        var problems = Check(said).ToList();
        if (problems.Count > 0) return ChangeRecords.Wrong(problems);
        var added = await desk.AddAsync(caller.Tenant, said, answer, cancellationToken);
        return added.Has(out var made, out var problem) ? made : ChangeRecords.Wrong([new("contactId", problem.Message)]);
    }

    /// <summary>Removes one.</summary>
    public async Task<Result<Guid>> RemoveAsync(Caller caller, Guid id, CancellationToken cancellationToken)
    {
        if (caller.Refuse(Needs) is { } refusal) return refusal;
        return await desk.RemoveAsync(await access.SeenAsync(caller, cancellationToken), id, cancellationToken)
            ? id
            : new OperationProblem.NotFound("notification");
    }

    private static IEnumerable<FieldProblem> Check(NewNotification said)
    {
        if (string.IsNullOrWhiteSpace(said.Title)) yield return new("title", "Write a title.");
        if (said.Title.Length > NewNotification.MaxTitle)
            yield return new("title", $"The title has at most {NewNotification.MaxTitle} characters.");
        if (said.Title.Any(char.IsControl)) yield return new("title", "The title has to be one line.");
        if (said.Text.Length > NewNotification.MaxText)
            yield return new("text", $"The text has at most {NewNotification.MaxText} characters.");
        if (said.Audience.Length > LongestAudience || said.Audience.Any(char.IsControl))
            yield return new("audience", $"It has to be an e-mail address or the name of a role, of at most {LongestAudience} characters.");
    }
}
