using Microsoft.AspNetCore.Components;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Practice.Forms;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Components.Practice.Forms;

/// <summary>The forms of the practice, with what came by them.</summary>
public sealed partial class FormList
{
    private const int PageLength = 50;

    private readonly OneClick makes = new();
    private bool making;

    [Inject]
    private ReadForms Reading { get; set; } = null!;

    [Inject]
    private ChangeForms Changing { get; set; } = null!;

    private bool MayChange => Session.May(ChangeForms.Needs);

    // what comes by a form may start nothing, so that nobody is told of it
    protected override TimeSpan? Follows => null;

    protected override async Task<Result<Shown>> ReadAsync()
    {
        var (first, filter) = ((Query.Page - 1) * PageLength, new FormFilter(Query.Text, Query.Status is { } s ? s == "open" : null));
        var list = await Reading.PageAsync(Session.Caller, filter, first, PageLength, Closing);
        return list.Ok ? new Shown(list.Value.Items, list.Value.Total, first + 1) : list.Problem;
    }

    private async Task AddAsync()
    {
        making = true;
        var made = await StoreAway.TryAsync(() => Changing.AddAsync(Session.Caller, FormContent.Begun, null, Closing));
        if (made.Ok) Navigation.NavigateTo(StudioUrls.Form(made.Value.Id));
        else Toasts.Failed(made.Problem.Message);
        making = false;
    }

    /// <summary>A page of forms.</summary>
    /// <param name="Items">They.</param>
    /// <param name="Total">How many there are in all.</param>
    /// <param name="First">The number of the first of them.</param>
    public sealed record Shown(IReadOnlyList<FormItem> Items, int Total, int First)
    {
        /// <summary>The number of the last of them.</summary>
        public int Last => First + Items.Count - 1;
    }
}
