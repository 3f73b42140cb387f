using Microsoft.AspNetCore.Components;

namespace WorkflowStudio.Components.Shared;

/// <summary>A search field that tells its value once the person has stopped typing.</summary>
public sealed partial class SearchBox : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private CancellationTokenSource? typing;

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

    public void Dispose() => typing?.Dispose();

    private async Task Typed(ChangeEventArgs args)
    {
        if (typing is not null) await typing.CancelAsync();
        typing?.Dispose();
        typing = new CancellationTokenSource();
        try
        {
            await Task.Delay(Pause, Clock, typing.Token);
        }
        catch (OperationCanceledException)
        {
            return; // another letter came: it will tell the value
        }

        var text = args.Value?.ToString()?.Trim();
        await ValueChanged.InvokeAsync(string.IsNullOrEmpty(text) ? null : text);
    }
}
