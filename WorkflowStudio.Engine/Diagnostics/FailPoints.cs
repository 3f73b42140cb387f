using System.Globalization;

namespace WorkflowStudio.Engine.Diagnostics;

/// <summary>
/// Named points at which a test may kill the process: <c>STUDIO_FAILPOINT=name:n</c> ends it, without any clean-up, at the n-th pass of the
/// point. Off unless <see cref="Arm"/> was called, which Production never does. The names stand in docs/operations.md.
/// </summary>
public static class FailPoints
{
    private static string? armed;
    private static int left;

    /// <summary>Arms a point; false when the text is not of the form <c>name:n</c> with n from 1.</summary>
    public static bool Arm(string setting)
    {
        var colon = setting.LastIndexOf(':');
        if (colon < 1 || !int.TryParse(setting.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count < 1) return false;
        left = count;
        armed = setting[..colon];
        return true;
    }

    /// <summary>Passes a point; does not return when it is the armed one and its count is reached.</summary>
    public static void Pass(string name)
    {
        if (armed is not null && armed == name && Interlocked.Decrement(ref left) == 0) Die();
    }

    // SIGKILL: no finalizer, no exit handler, no flush, as when the machine loses its power. The wait is for the signal to arrive.
    private static void Die()
    {
        System.Diagnostics.Process.GetCurrentProcess().Kill();
        new ManualResetEventSlim(false).Wait(Timeout.Infinite);
    }
}
