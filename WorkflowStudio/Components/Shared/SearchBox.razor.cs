using Microsoft.AspNetCore.Components;

namespace WorkflowStudio.Components.Shared;

/// <summary>A search field that tells its value once the person has stopped typing.</summary>
public sealed partial class SearchBox : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private int letters;
    private string text = "";
    private string? given; // what the page handed in last
    private string? told; // what was told last: coming back it must not overwrite the letters typed since

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [Parameter]
    public string Placeholder { get; set; } = "";

    [Parameter]
    public string? Value { get; set; }

    [Parameter]
    public EventCallback<string?> ValueChanged { get; set; }

    public void Dispose() => letters++;

    protected override void OnParametersSet()
    {
        if (Value == given) return;
        given = Value;
        if (Value != told) text = Value ?? "";
        told = Value;
    }

    private async Task Typed(string? value)
    {
        text = value ?? "";
        var mine = ++letters;
        await Task.Delay(Pause, Clock);
        if (mine != letters) return; // another letter came, and tells the value, or the page is gone

        told = string.IsNullOrWhiteSpace(text) ? null : text.Trim();
        await ValueChanged.InvokeAsync(told);
    }
}
