namespace WorkflowStudio.Engine.Model;

/// <summary>What a definition may hold at most, for the checks and for docs/workflow-body.md.</summary>
public static class WorkflowLimits
{
    /// <summary>The longest id of a step, in characters.</summary>
    public const int IdLength = 100;

    /// <summary>The longest name of a step, in characters.</summary>
    public const int NameLength = 120;

    /// <summary>The most tries of a step.</summary>
    public const int Attempts = 20;

    /// <summary>The longest time between two tries, in days.</summary>
    public const int RetryDelayDays = 1;

    /// <summary>The most codes of failures that a step may be tried again for.</summary>
    public const int RetryCodes = 20;

    /// <summary>The longest of them, in characters.</summary>
    public const int RetryCodeLength = 60;

    /// <summary>The longest time of one try, in hours; the shortest is a second.</summary>
    public const int StepTimeoutHours = 1;

    /// <summary>How often steps that go round may begin anew.</summary>
    public const int Rounds = 1_000;

    /// <summary>The longest time of a run, in days; the shortest is a second.</summary>
    public const int RunTimeoutDays = 366;

    /// <summary>The most runs at once.</summary>
    public const int Concurrency = 1_000;

    /// <summary>The most messages after which a run may end.</summary>
    public const int ExitMessages = 50;

    /// <summary>The most days after which a run may end.</summary>
    public const int ExitDays = 90;
}
