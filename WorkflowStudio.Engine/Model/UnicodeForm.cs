using System.Text;

namespace WorkflowStudio.Engine.Model;

/// <summary>Text in one of the forms of Unicode, whatever it holds.</summary>
public static class UnicodeForm
{
    private const char Nobody = '\uFFFD';

    /// <summary>
    /// The text in the form. What the platform refuses with an exception, half of a surrogate pair and U+FFFE, becomes the sign for what
    /// is not known.
    /// </summary>
    public static string Of(string text, NormalizationForm form)
    {
        var known = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\uFFFE', Nobody);
#pragma warning disable RS0030 // this is the one place that normalizes
        return known.Normalize(form);
#pragma warning restore RS0030
    }
}
