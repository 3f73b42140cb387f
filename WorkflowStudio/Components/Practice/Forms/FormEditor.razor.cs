using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using MudBlazor;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Forms;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Components.Practice.Forms;

/// <summary>
/// A form: what it asks, with a preview, its address, what it starts, and what was sent by it. What is typed stays until it is saved or
/// somebody throws it away.
/// </summary>
public sealed partial class FormEditor
{
    private FormDraft? draft;
    private bool stale;
    private FormStatus? wished; // by what was refused as stale
    private bool saving;
    private bool removed;

    /// <summary>The form, in any of the forms of ids.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    [Inject]
    private ReadForms Reading { get; set; } = null!;

    [Inject]
    private ChangeForms Changing { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    private Guid FormId => ShownId.TryRead(Id, out var id) ? id : Guid.Empty;

    private bool MayChange => Session.May(ChangeForms.Needs);

    private bool IsOn => Facts!.Item.Form.Content.Status == FormStatus.Open;

    // what is typed must not move
    protected override TimeSpan? Follows => null;

    protected override async Task<Result<Shown>> ReadAsync()
    {
        var found = await Reading.FindAsync(Session.Caller, FormId, Closing);
        if (!found.Ok) return found.Problem;
        // another form than the one that somebody works on, whatever became of the page between
        if (draft?.Id != FormId) (draft, stale) = (FormDraft.Of(found.Value.Form, Session.Format), false);
        if (Query.View == FormQuery.Sent)
        {
            var sent = await Reading.SubmissionsAsync(
                Session.Caller, new SubmissionFilter { FormId = FormId }, Query.Skip, FormQuery.PageLength, Closing);
            return sent.Ok ? new Shown(found.Value, null, sent.Value) : sent.Problem;
        }

        var starts = await Reading.StartsAsync(Session.Caller, FormId, Closing);
        return starts.Ok ? new Shown(found.Value, starts.Value, null) : starts.Problem;
    }

    // null for the status that the form has
    private async Task SaveAsync(FormStatus? status)
    {
        if (saving) return;
        var (mine, typed) = (draft!, draft!.Content);
        var content = mine.Read(status ?? Facts!.Item.Form.Content.Status);
        if (content is null && status != FormStatus.Closed)
        {
            // what is wrong may be out of sight
            Toasts.Failed($"Nothing was saved. {mine.Problems.First().Value}");
            return;
        }

        saving = true;
        var done = (status, content) switch
        {
            (FormStatus.Closed, null) => "The form is closed. What you have changed in it is not saved",
            (FormStatus.Closed, _) => "The form is closed",
            (FormStatus.Open, _) => "The form is open",
            _ => "Saved",
        };
        // a form can be closed whatever is wrong with what stands there
        var came = await StoreAway.TryAsync(() => Changing.ChangeAsync(
            Session.Caller, mine.Id, mine.Revision, form => content ?? form with { Status = FormStatus.Closed }, Closing));
        stale = came.Problem?.Code == ChangeForms.Changed; // said above the form
        wished = stale ? status : null;
        if (!stale) Toasts.Tell(came.Problem, done);
        if (came.Ok && content is null) mine.Follow(came.Value);
        else if (came.Ok) mine.Take(came.Value, typed);
        if (came.Problem is not StoreAway) await LoadAsync();
        saving = false;
    }

    private void TakeTheirs()
    {
        draft!.Take(Facts!.Item.Form);
        stale = false;
    }

    private Task KeepMineAsync()
    {
        draft!.Follow(Facts!.Item.Form);
        return SaveAsync(wished);
    }

    private async Task RemoveAsync()
    {
        var sent = Facts!.Item.Submissions;
        var text = sent == 0
            ? "Its address stops working. It cannot be brought back."
            : $"Its address stops working, and {StudioFormat.Count(sent, "submission is", "submissions are")} removed with it. "
                + "They cannot be brought back.";
        if (!await Confirm.AskAsync(Dialogs, $"Remove “{Facts.Item.Form.Content.Name}”?", text, "Keep it", "Remove the form")) return;
        var came = await StoreAway.TryAsync(() => Changing.RemoveAsync(Session.Caller, FormId, withSubmissions: true, Closing));
        Toasts.Tell(came.Problem, "Removed the form");
        if (!came.Ok) return;
        removed = true;
        Navigation.NavigateTo(StudioUrls.Forms);
    }

    private async Task RemoveSubmissionAsync(Submission sent)
    {
        if (await Confirm.AskAsync(Dialogs, "Remove this submission?", "It cannot be brought back.", "Keep it", "Remove it"))
            await DoAsync(() => Changing.RemoveSubmissionAsync(Session.Caller, sent.Id, Closing), "Removed the submission");
    }

    // to another part of this page nothing is lost
    private async Task LeaveAsync(LocationChangingContext leaving)
    {
        if (removed || !MayChange || draft is not { IsDirty: true }
            || new Uri(Navigation.ToAbsoluteUri(leaving.TargetLocation).AbsoluteUri).AbsolutePath == new Uri(Navigation.Uri).AbsolutePath)
            return;
        if (!await Confirm.AskAsync(Dialogs, "Leave without saving?", "What you have changed in this form is not saved.", "Stay", "Leave"))
            leaving.PreventNavigation();
    }

    /// <summary>What the page shows.</summary>
    /// <param name="Item">The form.</param>
    /// <param name="Starts">What it starts; null where that is not looked at.</param>
    /// <param name="Sent">A page of what was sent by it; null where that is not looked at.</param>
    public sealed record Shown(FormItem Item, IReadOnlyList<FormStart>? Starts, SubmissionsFound? Sent);
}
