namespace WorkflowStudio.Components.Practice;

/// <summary>What somebody who looks at an appointment wants to do with it.</summary>
public enum AppointmentWish
{
    /// <summary>Another time.</summary>
    Move,

    /// <summary>It does not take place.</summary>
    CallOff,

    /// <summary>The client came.</summary>
    Came,

    /// <summary>The client did not come.</summary>
    Missed,
}
