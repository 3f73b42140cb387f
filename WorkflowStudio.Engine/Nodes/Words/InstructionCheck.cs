using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Nodes.Words;

/// <summary>Instructions of a language model hold the words of the practice alone: what others wrote goes in as data.</summary>
internal static class InstructionCheck
{
    /// <summary>Warns of each expression that brings data of the run into an instruction.</summary>
    /// <param name="text">The instruction as it is written in the settings.</param>
    /// <param name="path">The setting.</param>
    /// <param name="instead">What to do instead, a sentence.</param>
    public static IEnumerable<SettingProblem> Of(string text, string path, string instead) => !Template.Contains(text) ? []
        : Template.Parse(text).References.Where(BringsData).Take(1).Select(reference => new SettingProblem(
            WorkflowProblemCodes.WrongSetting, path, $"{ShownText.Cut(reference.Text, 60)} brings what others wrote into the instruction, "
                + $"and a language model may obey it there. {instead}", ProblemSeverity.Warning));

    private static bool BringsData(TemplateReference reference) =>
        reference.Root != ReferenceRoot.Ambient || reference.Name == AmbientNames.Item;
}
