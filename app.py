"""The entry of the dashboard: navigation only."""

import streamlit as st

from simulator.dashboard.pages import story

st.set_page_config(
    page_title="Mosaic", page_icon="🧩", layout="wide", initial_sidebar_state="collapsed"
)
st.navigation([st.Page(story.render, title="Story", default=True)]).run()
