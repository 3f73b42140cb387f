using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Operations.Workflows;

/// <summary>
/// What somebody typed into the draft's fields and that could not be read: the draft is not what they meant, so it neither goes live nor is
/// tested.
/// </summary>
internal static class UnreadTexts
{
    /// <summary>One error each; none when everything was read.</summary>
    public static IReadOnlyList<WorkflowProblem> Problems(WorkflowRow row) =>
        [.. StoredDefinitions.Editor(row.EditorState).Unread.Select(
            u => WorkflowProblem.Error(WorkflowProblemCodes.WrongSetting, u.Setting, u.Id, u.Why))];
}
