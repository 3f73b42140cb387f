namespace WorkflowStudio.Engine.Model.Validation;

/// <summary>Keeps what others wrote readable inside a message.</summary>
internal static class Words
{
    private const int Longest = 60;

    /// <summary>At most 60 characters, without control characters.</summary>
    public static string Short(string text)
    {
        var shown = ShownText.Cut(text, Longest);
        return shown.Any(char.IsControl) ? new string([.. shown.Select(c => char.IsControl(c) ? '·' : c)]) : shown;
    }
}
