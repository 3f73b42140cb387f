using System.Globalization;
using Microsoft.AspNetCore.Components;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Components.Editor.Inspector;

/// <summary>What happens when the step fails.</summary>
public sealed partial class ErrorRules
{
    private static readonly (string Name, TimeSpan Length)[] Units = [("seconds", TimeSpan.FromSeconds(1)),
        ("minutes", TimeSpan.FromMinutes(1)), ("hours", TimeSpan.FromHours(1))];

    [Parameter, EditorRequired]
    public WorkflowNode Node { get; set; } = null!;

    [Parameter]
    public EventCallback<Func<WorkflowNode, WorkflowNode>> OnChange { get; set; }

    private string Consequence => Node.OnError switch
    {
        OnError.Fail => "Nothing after it happens.",
        OnError.Continue => "The next step runs as if this one had no output.",
        _ => "The step gets one more port. What follows there knows error.code and error.message as its output.",
    };

    private string? Seconds => Node.Timeout?.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);

    private static (string Name, TimeSpan Length) UnitOf(TimeSpan delay) =>
        Units.Last(u => u.Name == "seconds" || delay.Ticks % u.Length.Ticks == 0);

    private static string Amount(TimeSpan delay) => (delay / UnitOf(delay).Length).ToString("0.###", CultureInfo.InvariantCulture);

    private Task ChangeTries(double? tries) =>
        OnChange.InvokeAsync(n => n with
        {
            Retry = tries is null or <= 1
                ? null
                : (n.Retry ?? new RetryPolicy(1, TimeSpan.FromSeconds(30), true)) with { Attempts = (int)tries },
        });

    private Task ChangeDelay(RetryPolicy retry, double? amount, (string Name, TimeSpan Length) unit)
    {
        var delay = unit.Length * (amount ?? 30);
        return OnChange.InvokeAsync(
            n => n with { Retry = retry with { Delay = delay > TimeSpan.FromDays(1) ? TimeSpan.FromDays(1) : delay } });
    }

    private Task ChangeCodes(RetryPolicy retry, string text)
    {
        var codes = text.Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return OnChange.InvokeAsync(n => n with { Retry = retry with { Codes = [.. codes.Distinct()] } });
    }

    private Task ChangeTimeout(double? seconds) =>
        OnChange.InvokeAsync(n => n with { Timeout = seconds is { } s ? TimeSpan.FromSeconds(s) : null });
}
