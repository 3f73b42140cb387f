using System.Text.Json;
using Microsoft.AspNetCore.Components;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Practice.Forms;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Components.Editor.Inspector;

/// <summary>Chooses the form with which a workflow begins. The choice is a rule among the constraints of the trigger.</summary>
public sealed partial class FormTrigger
{
    private const int MostKeys = 6;

    private List<Form> forms = [];
    private bool isRead;

    /// <summary>The constraints of the trigger.</summary>
    [Parameter, EditorRequired]
    public JsonElement Constraints { get; set; }

    /// <summary>The constraints with another form.</summary>
    [Parameter]
    public EventCallback<JsonElement> OnChange { get; set; }

    [CascadingParameter]
    private StudioSession Session { get; set; } = null!;

    [Inject]
    private ReadForms Reading { get; set; } = null!;

    private Guid? Chosen => FormRule.Of(Constraints);

    protected override async Task OnInitializedAsync()
    {
        var found = await StoreAway.TryAsync(() => Reading.PageAsync(Session.Caller, new FormFilter(), 0, ReadForms.MaxTake, default));
        if (!found.Ok) return;
        forms = [.. found.Value.Items.Select(i => i.Form)];
        isRead = true;
        if (Chosen is not { } id || forms.Exists(f => f.Id == id)) return;
        // it may stand behind those that are offered
        var chosen = await StoreAway.TryAsync(() => Reading.FindAsync(Session.Caller, id, default));
        if (chosen.Ok) forms.Add(chosen.Value.Form);
        isRead = chosen.Problem is not StoreAway;
    }

    private Task ChooseAsync(string? form) =>
        OnChange.InvokeAsync(FormRule.With(Constraints, Guid.TryParse(form, out var id) ? id : null));

    private static string Keys(Form form) => string.Join(", ", form.Content.Fields.Take(MostKeys).Select(f => f.Key))
        + (form.Content.Fields.Count > MostKeys ? " …" : "");
}
