using Microsoft.Extensions.Logging;
using WorkflowStudio.Engine.Diagnostics.Telemetry;
using WorkflowStudio.Engine.Runtime.Journal;

namespace WorkflowStudio.Engine.Runtime.Execution;

/// <summary>What executions share.</summary>
internal sealed record ExecutionTools(
    IJournal Journal, IRunFeed Feed, StepInvoker Invoker, ChildRuns Children, TimeProvider Clock, ILogger Logger)
{
    /// <summary>Counts the ends of runs; null when nobody does.</summary>
    public RunMetrics? Runs { get; init; }

    /// <summary>Measures how late runs are taken up; null when nobody does.</summary>
    public PumpMetrics? Pumps { get; init; }

    /// <summary>Traces runs; null when nobody does.</summary>
    public RunTracing? Tracing { get; init; }
}
